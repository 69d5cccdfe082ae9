package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation that is built from others against a reference in plain Java, and against
 * differences.
 */
class OperationsTest {
  private static final Tensor X = RandomKey.of(91).normal(DType.FLOAT64, Shape.of(3, 4), 0, 1);
  private static final double[] MASK = {1, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};

  private record Line(
      String name, Function<Variable, Variable> operation, Function<double[], double[]> value) {}

  private static Function<double[], double[]> scalar(ToDoubleFunction<double[]> f) {
    return x -> new double[] {f.applyAsDouble(x)};
  }

  private static double maskedMean(double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += MASK[i] != 0 ? x[i] : 0;
    }
    return sum / Arrays.stream(MASK).sum();
  }

  /** {@code X X' + b}, b the first column of X: one variable in all three places. */
  private static Variable linear(Variable x) {
    return x.linear(x.permute(1, 0), x.slice(1, 0, 1).reshape(Shape.of(3)));
  }

  private static double[] linear(double[] x) {
    double[] y = new double[9];
    for (int i = 0; i < 9; i++) {
      y[i] = x[i % 3 * 4];
      for (int k = 0; k < 4; k++) {
        y[i] += x[i / 3 * 4 + k] * x[i % 3 * 4 + k];
      }
    }
    return y;
  }

  private static Line each(
      String name, Function<Variable, Variable> operation, DoubleUnaryOperator value) {
    return new Line(name, operation, x -> Arrays.stream(x).map(value).toArray());
  }

  private static double[] transposed(double... x) {
    double[] y = new double[12];
    Arrays.setAll(y, i -> x[i % 3 * 4 + i / 3]);
    return y;
  }

  private static double[] rows(double[] x, ToDoubleFunction<DoubleStream> f) {
    return rows(4, x, f);
  }

  private static double[] rows(int size, double[] x, ToDoubleFunction<DoubleStream> f) {
    double[] y = new double[12 / size];
    Arrays.setAll(y, i -> f.applyAsDouble(Arrays.stream(x, size * i, size * (i + 1))));
    return y;
  }

  private static double[] centered(double[] x) {
    double[] y = new double[12];
    for (int i = 0; i < 12; i++) {
      y[i] = x[i] - Arrays.stream(x, i / 4 * 4, i / 4 * 4 + 4).sum() / 4;
    }
    return y;
  }

  private static double[] normalized(double[] x) {
    double[] y = new double[12];
    for (int i = 0; i < 12; i++) {
      double[] row = Arrays.copyOfRange(x, i / 4 * 4, i / 4 * 4 + 4);
      double mean = Arrays.stream(row).sum() / 4;
      double variance = Arrays.stream(row).map(v -> (v - mean) * (v - mean)).sum() / 4;
      y[i] = (x[i] - mean) / Math.sqrt(variance + 1e-5);
    }
    return y;
  }

  private static Variable mask() {
    return Variable.of(Tensor.of(X.shape(), MASK));
  }

  private static List<Line> table() {
    return List.of(
        each("add", x -> x.add(0.5), v -> v + 0.5),
        each("sub", x -> x.sub(0.5), v -> v - 0.5),
        each("mul", x -> x.mul(-3), v -> -3 * v),
        each("div", x -> x.div(3), v -> v / 3),
        each("neg", Variable::neg, v -> -v),
        each("square", Variable::square, v -> v * v),
        each("pow", x -> x.pow(0), v -> 1),
        each("pow", x -> x.pow(1), v -> v),
        each("pow", x -> x.pow(6), v -> Math.pow(v, 6)),
        each("pow", x -> x.square().add(1).pow(-3), v -> Math.pow(v * v + 1, -3)),
        each("pow", x -> x.square().add(1).pow(0.5), v -> Math.sqrt(v * v + 1)),
        each("pow", x -> x.square().add(1).pow(-1.5), v -> Math.pow(v * v + 1, -1.5)),
        each("relu", Variable::relu, v -> Math.max(v, 0)),
        each("clamp", x -> x.clamp(-0.5, 0.75), v -> Math.clamp(v, -0.5, 0.75)),
        new Line("reshape", x -> x.reshape(2, 6), x -> x),
        new Line("select", x -> x.select(0, 1), x -> Arrays.copyOfRange(x, 4, 8)),
        new Line("chunk", x -> x.chunk(0, 3).get(1), x -> Arrays.copyOfRange(x, 4, 8)),
        new Line("transpose", x -> x.transpose(0, -1), OperationsTest::transposed),
        new Line("sum", Variable::sum, scalar(x -> Arrays.stream(x).sum())),
        new Line("sum", x -> x.sum(0, -1), scalar(x -> Arrays.stream(x).sum())),
        new Line("sum", x -> x.sum(1), x -> rows(x, DoubleStream::sum)),
        new Line("sum", x -> x.sum(0), x -> rows(3, transposed(x), DoubleStream::sum)),
        new Line(
            "sumTo", x -> x.sumTo(Shape.of(1, 4)), x -> rows(3, transposed(x), DoubleStream::sum)),
        new Line("mean", Variable::mean, scalar(x -> Arrays.stream(x).average().orElseThrow())),
        new Line("mean", x -> x.mean(-1), x -> rows(x, r -> r.average().orElseThrow())),
        new Line("max", x -> x.max(1), x -> rows(x, r -> r.max().orElseThrow())),
        new Line("max", x -> x.max(0), x -> rows(3, transposed(x), r -> r.max().orElseThrow())),
        new Line("centered", Variable::centered, OperationsTest::centered),
        new Line("normalized", Variable::normalized, OperationsTest::normalized),
        new Line("linear", OperationsTest::linear, OperationsTest::linear),
        new Line("maskedMean", x -> x.maskedMean(mask()), scalar(OperationsTest::maskedMean)));
  }

  @TestFactory
  Stream<DynamicTest> valueAndBothGradientsAreRight() {
    return table().stream()
        .map(line ->
            DynamicTest.dynamicTest(
                line.name,
                () -> {
                  double[] expected = line.value.apply(X.toDoubles());
                  double[] actual = line.operation.apply(Variable.of(X)).value().toDoubles();
                  assertThat(Tolerance.of(1e-12).difference(expected, actual)).isEmpty();
                  assertThat(
                          GradCheck.check(line.name, in -> line.operation.apply(in.getFirst()), X))
                      .isEmpty();
                  assertThat(
                          GradCheck.checkSecondOrder(
                              line.name,
                              in -> {
                                Variable y = line.operation.apply(in.getFirst());
                                return y.mul(y);
                              },
                              X))
                      .isEmpty();
                }));
  }

  /** An operation that neither this table nor that of the ops names fails here. */
  @Test
  void tableNamesEveryOperation() {
    // Coverage tools add methods with a $.
    Set<String> operations =
        Stream.of(ElementwiseOperations.class, ShapeOperations.class, ReductionOperations.class)
            .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
            .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.getName().startsWith("$"))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(operations).hasSizeGreaterThan(30);
    OpTable.lines().forEach(l -> operations.remove(l.op().name()));
    assertThat(table().stream().map(Line::name)).containsAll(operations);
  }

  @Test
  void whatIsMaskedMayBeAnythingAndNothingKeptIsZero() {
    double[] x = X.toDoubles();
    for (int i = 0; i < x.length; i++) {
      x[i] = MASK[i] == 0 ? Double.NaN : x[i];
    }
    Parameter p = new Parameter(Tensor.of(X.shape(), x));
    Variable mean = p.maskedMean(mask());
    assertThat(mean.value().item()).isCloseTo(maskedMean(x), within(1e-12));
    double[] g = Gradients.of(mean, Set.of(p)).get(p).dense().toDoubles();
    for (int i = 0; i < g.length; i++) {
      assertThat(g[i]).isCloseTo(MASK[i] / 6, within(1e-12));
    }
    Variable none = Variable.of(Tensor.zeros(DType.FLOAT64, X.shape()));
    assertThat(p.maskedMean(none).value().item()).isZero();
  }
}
