package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.op.Elementwise;
import dev.unroll.autograd.op.Elementwise.Where;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The checks that the table generates for every op. */
class OpTest {
  private static Stream<DynamicTest> each(BiConsumer<OpTable.Line, Tensor[]> check) {
    return OpTable.lines().stream()
        .flatMap(line ->
            line.samples().stream()
                .map(in ->
                    DynamicTest.dynamicTest(
                        line.op() + " " + Shape.join(shapes(in)), () -> check.accept(line, in))));
  }

  private static Shape[] shapes(Tensor... in) {
    return Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new);
  }

  private static Variable[] variables(Tensor... in) {
    return Arrays.stream(in).map(Variable::of).toArray(Variable[]::new);
  }

  @TestFactory
  Stream<DynamicTest> valueAndShapeAgreeWithTheReference() {
    return each((line, in) -> {
      Shape shape = line.op().shape(shapes(in));
      Tensor out = line.op().forward(in);
      assertThat(out.shape()).isEqualTo(shape);
      double[] expected = line.reference().of(shape, in);
      assertThat(Tolerance.of(1e-12).difference(expected, out.toDoubles())).isEmpty();
    });
  }

  @TestFactory
  Stream<DynamicTest> float32AgreesWithFloat64() {
    return each((line, in) -> {
      Tensor[] narrow =
          Arrays.stream(in)
              .map(t -> t.type().isFloating() ? t.to(DType.FLOAT32) : t)
              .toArray(Tensor[]::new);
      Tensor[] exact =
          Arrays.stream(narrow)
              .map(t -> t.type().isFloating() ? t.to(DType.FLOAT64) : t)
              .toArray(Tensor[]::new);
      Tensor out = line.op().forward(narrow);
      assertThat(out.type()).isEqualTo(DType.FLOAT32);
      assertThat(Tolerance.of(1e-5).difference(line.op().forward(exact), out)).isEmpty();
    });
  }

  @TestFactory
  Stream<DynamicTest> gradientMatchesFiniteDifferences() {
    return each((line, in) ->
        assertThat(
                GradCheck.check(
                    line.op().name(),
                    v -> Variable.apply(line.op(), v.toArray(Variable[]::new)),
                    in))
            .isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> secondOrderGradientMatchesFiniteDifferences() {
    return each((line, in) ->
        assertThat(
                GradCheck.checkSecondOrder(
                    line.op().name(),
                    v -> {
                      Variable out = Variable.apply(line.op(), v.toArray(Variable[]::new));
                      return out.mul(out);
                    },
                    in))
            .isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> gradientIsZeroOnlyWhereTheTableSaysSo() {
    return each((line, in) -> {
      Variable[] v = Arrays.stream(in).map(Variable::input).toArray(Variable[]::new);
      Variable out = Variable.apply(line.op(), v);
      int floating = 0;
      int given = 0;
      for (int i = 0; i < v.length; i++) {
        boolean mask = line.op() instanceof Where && i == 0;
        if (v[i].requiresGradient() && !mask) {
          floating++;
          Variable g = Variable.of(Tensor.full(out.type(), out.shape(), 1));
          given += line.op().gradient(i, g, out, v) == null ? 0 : 1;
        }
      }
      assertThat(given).isEqualTo(line.smooth() ? floating : 0);
    });
  }

  @TestFactory
  Stream<DynamicTest> viewsGiveTheSameBitsAsCopies() {
    return each((line, in) -> {
      Tensor[] views = Arrays.stream(in).map(OpTest::view).toArray(Tensor[]::new);
      assertThat(line.op().forward(views).sameBits(line.op().forward(in))).isTrue();
    });
  }

  /** The same numbers, with every axis strided. */
  private static Tensor view(Tensor t) {
    int rank = t.shape().rank();
    if (rank == 0) {
      return t;
    }
    Tensor two = dev.unroll.tensor.Join.stack(rank, java.util.List.of(t, t));
    Tensor turned = two.transpose(0, rank - 1).contiguous().transpose(0, rank - 1);
    return turned.select(rank, 1);
  }

  @TestFactory
  Stream<DynamicTest> gradientsOfTwoUsesAddUp() {
    return each((line, in) -> {
      Variable[] v = Arrays.stream(in).map(Variable::input).toArray(Variable[]::new);
      Variable once = Variable.apply(line.op(), v);
      Variable twice = once.add(Variable.apply(line.op(), v));
      Variable seed = Variable.of(Tensor.full(once.type(), once.shape(), 1));
      java.util.List<Variable> of = java.util.List.of(v);
      java.util.List<Variable> one = Gradients.of(once, seed, of);
      java.util.List<Variable> two = Gradients.of(twice, seed, of);
      for (int i = 0; i < v.length; i++) {
        if (v[i].type().isFloating()) {
          double[] expected = one.get(i).mul(2).value().toDoubles();
          assertThat(two.get(i).value().toDoubles())
              .usingComparatorWithPrecision(1e-12)
              .containsExactly(expected);
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> wrongInputIsRefusedWithAMessage() {
    return OpTable.lines().stream()
        .flatMap(line -> line.refused().stream())
        .map(r ->
            DynamicTest.dynamicTest(
                r.op() + " " + Shape.join(shapes(r.in())),
                () ->
                    assertThatThrownBy(() -> Variable.apply(r.op(), variables(r.in())))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(r.message())));
  }

  @Test
  void typesMustAgree() {
    Variable a = Variable.scalar(DType.FLOAT32, 1);
    Variable b = Variable.scalar(DType.FLOAT64, 1);
    assertThatThrownBy(() -> a.add(b))
        .hasMessage("[add] expected operands of one type, got float32 and float64");
  }

  /** Adding an op without a line in the table fails here. */
  @Test
  void tableNamesEveryOp() throws Exception {
    Path classes = Path.of(Elementwise.class.getResource("Elementwise.class").toURI()).getParent();
    Set<String> ops = new TreeSet<>();
    try (Stream<Path> files = Files.list(classes)) {
      for (Path f : files.filter(p -> p.toString().endsWith(".class")).toList()) {
        String name = f.getFileName().toString().replace(".class", "");
        Class<?> c = Class.forName(Elementwise.class.getPackageName() + "." + name);
        if (Op.class.isAssignableFrom(c) && c.isRecord()) {
          ops.add(c.getSimpleName());
        }
      }
    }
    Set<String> listed =
        OpTable.lines().stream()
            .map(l -> l.op().getClass().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(ops).hasSizeGreaterThan(25).isEqualTo(listed);
  }
}
