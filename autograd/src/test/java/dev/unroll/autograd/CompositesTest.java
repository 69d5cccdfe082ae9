package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every composite against a reference in plain Java, and against differences. */
class CompositesTest {
  private static final Tensor X = RandomKey.of(91).normal(DType.FLOAT64, Shape.of(3, 4), 0, 1);
  private static final double[] MASK = {1, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};

  private record Line(
      String name, Function<Variable, Variable> composite, Function<double[], double[]> value) {}

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
    return Composites.linear(x, x.permute(1, 0), x.slice(1, 0, 1).reshape(Shape.of(3)));
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

  private static double[] largest(double[] x) {
    double[] y = new double[3];
    for (int i = 0; i < 3; i++) {
      y[i] = Arrays.stream(x, 4 * i, 4 * i + 4).max().orElseThrow();
    }
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
        new Line("mean", Composites::mean, scalar(x -> Arrays.stream(x).average().orElseThrow())),
        new Line(
            "relu", Composites::relu, x -> Arrays.stream(x).map(v -> Math.max(v, 0)).toArray()),
        new Line(
            "clamp",
            x -> Composites.clamp(x, -0.5, 0.75),
            x -> Arrays.stream(x).map(v -> Math.clamp(v, -0.5, 0.75)).toArray()),
        new Line("largest", x -> Composites.largest(x, 1), CompositesTest::largest),
        new Line("centered", Composites::centered, CompositesTest::centered),
        new Line("normalized", Composites::normalized, CompositesTest::normalized),
        new Line("linear", CompositesTest::linear, CompositesTest::linear),
        new Line(
            "maskedMean",
            x -> Composites.maskedMean(x, mask()),
            scalar(CompositesTest::maskedMean)));
  }

  @TestFactory
  Stream<DynamicTest> valueAndBothGradientsAreRight() {
    return table().stream()
        .map(line ->
            DynamicTest.dynamicTest(
                line.name,
                () -> {
                  double[] expected = line.value.apply(X.toDoubles());
                  double[] actual = line.composite.apply(Variable.of(X)).value().toDoubles();
                  assertThat(actual).hasSameSizeAs(expected);
                  for (int i = 0; i < actual.length; i++) {
                    assertThat(actual[i]).isCloseTo(expected[i], within(1e-12));
                  }
                  assertThat(
                          GradCheck.check(line.name, in -> line.composite.apply(in.getFirst()), X))
                      .isEmpty();
                  assertThat(
                          GradCheck.checkSecondOrder(
                              line.name,
                              in -> {
                                Variable y = line.composite.apply(in.getFirst());
                                return y.mul(y);
                              },
                              X))
                      .isEmpty();
                }));
  }

  /** Adding a composite without a line in the table fails here. */
  @Test
  void tableNamesEveryComposite() {
    Set<String> composites =
        Arrays.stream(Composites.class.getDeclaredMethods())
            .filter(m -> Modifier.isPublic(m.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(composites)
        .containsExactlyInAnyOrderElementsOf(table().stream().map(Line::name).toList());
  }

  @Test
  void whatIsMaskedMayBeAnythingAndNothingKeptIsZero() {
    double[] x = X.toDoubles();
    for (int i = 0; i < x.length; i++) {
      x[i] = MASK[i] == 0 ? Double.NaN : x[i];
    }
    Parameter p = new Parameter(Tensor.of(X.shape(), x));
    Variable mean = Composites.maskedMean(p, mask());
    assertThat(mean.value().item()).isCloseTo(maskedMean(x), within(1e-12));
    double[] g = Gradients.of(mean, Set.of(p)).get(p).dense().toDoubles();
    for (int i = 0; i < g.length; i++) {
      assertThat(g[i]).isCloseTo(MASK[i] / 6, within(1e-12));
    }
    Variable none = Variable.of(Tensor.zeros(DType.FLOAT64, X.shape()));
    assertThat(Composites.maskedMean(p, none).value().item()).isZero();
  }
}
