package dev.unroll.autograd.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.op.Movement.Concat;
import dev.unroll.autograd.op.Movement.Pad;
import dev.unroll.autograd.op.Products.MatMul;
import dev.unroll.autograd.plan.Trace;
import dev.unroll.autograd.plan.Traces;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientSumTest {
  private static final RandomKey KEY = RandomKey.of(101);
  private static final MatMul PRODUCT = new MatMul(true, false);

  private static Variable normal(int key, int... dims) {
    return Variable.of(KEY.fold(key).normal(DType.FLOAT64, Shape.of(dims), 0, 1));
  }

  private static Variable pad(int from, int width) {
    return Variable.apply(new Pad(1, from, 6), normal(from, 2, width));
  }

  private static void assertSum(Variable... terms) {
    GradientSum sum = new GradientSum();
    double[] expected = new double[terms[0].shape().size()];
    for (Variable t : terms) {
      sum.add(t);
    }
    Tensor found = sum.total().value();
    assertThat(found.shape()).isEqualTo(terms[0].shape());
    for (Variable t : terms) {
      double[] x = t.value().toDoubles();
      for (int i = 0; i < x.length; i++) {
        expected[i] += x[i];
      }
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(found.toDoubles()[i]).isCloseTo(expected[i], within(1e-12));
    }
  }

  @Test
  void partsAreJoinedWhereverTheyLie() {
    assertSum(pad(0, 2), pad(2, 1));
    assertSum(pad(4, 2), pad(1, 2));
    assertSum(pad(0, 3), pad(3, 3));
    assertSum(pad(3, 3), normal(9, 2, 6), pad(0, 1), pad(2, 1));
    assertSum(pad(0, 3), pad(2, 3), pad(1, 2));
    assertSum(pad(0, 3), Variable.apply(new Pad(0, 1, 2), normal(7, 1, 6)), pad(3, 1));
  }

  @Test
  void partsBecomeOneConcatenationWithOnlyTheGapsBetweenThem() {
    assertThat(joined(pad(0, 2), pad(2, 4))).isEqualTo("[[2, 2], [2, 4]]");
    assertThat(joined(pad(4, 1), pad(1, 2))).isEqualTo("[[2, 1], [2, 2], [2, 1], [2, 1], [2, 1]]");
  }

  /** Returns the shapes of the parts that a sum concatenates. */
  private static String joined(Variable... terms) {
    GradientSum sum = new GradientSum();
    List.of(terms).forEach(sum::add);
    Deferred how = Internals.deferred(sum.total());
    assertThat(how).isNotNull();
    assertThat(how.op()).isEqualTo(new Concat(1));
    return how.in().stream().map(Variable::shape).toList().toString();
  }

  @Test
  void productsOfMatricesAndOfBatchesAddUp() {
    assertSum(
        Variable.apply(PRODUCT, normal(1, 4, 3), normal(2, 4, 2)),
        Variable.apply(PRODUCT, normal(3, 1, 3), normal(4, 1, 2)),
        normal(5, 3, 2));
    assertSum(
        Variable.apply(PRODUCT, normal(1, 5, 4, 3), normal(2, 5, 4, 2)),
        Variable.apply(PRODUCT, normal(3, 5, 4, 3), normal(4, 5, 4, 2)));
  }

  @Test
  void productsWaitForEachOtherAndPartsForThoseOfTheirAxis() {
    GradientSum sum = new GradientSum();
    sum.add(Variable.apply(PRODUCT, normal(1, 4, 3), normal(2, 4, 2)));
    sum.add(Variable.apply(PRODUCT, normal(3, 4, 3), normal(4, 4, 2)));
    Deferred one = Internals.deferred(sum.total());
    assertThat(one).isNotNull();
    assertThat(one.in().getFirst().shape()).isEqualTo(Shape.of(8, 3));
    assertSum(normal(1, 2, 3).permute(1, 0), normal(2, 2, 3).permute(1, 0));
    PendingTerms parts = new PendingTerms(new Pad(1, 0, 6));
    assertThat(parts.isFor(new Pad(1, 2, 6))).isTrue();
    assertThat(parts.isFor(new Pad(0, 0, 6))).isFalse();
    assertThat(parts.isFor(PRODUCT)).isFalse();
  }

  @Test
  void onlyWhatCanBeJoinedOrMayNeverBeReadWaits() {
    Variable a = normal(1, 3, 3);
    assertThat(Internals.deferred(Variable.apply(new MatMul(true, false), a, a))).isNotNull();
    for (MatMul other :
        List.of(new MatMul(false, false), new MatMul(false, true), new MatMul(true, true))) {
      assertThat(Internals.deferred(Variable.apply(other, a, a))).isNull();
    }
    assertThat(Internals.deferred(pad(0, 2))).isNotNull();
    assertThat(Internals.deferred(a.permute(1, 0))).isNotNull();
    assertThat(Internals.deferred(a.add(a))).isNull();
  }

  @Test
  void blockOfProductsIsAddedUpAsSoonAsItIsFull() {
    PendingTerms joint = new PendingTerms(PRODUCT);
    Variable half = normal(1, PendingTerms.BLOCK / 2, 1);
    Variable term = Variable.apply(PRODUCT, half, half);
    Deferred how = Internals.deferred(term);
    assertThat(how).isNotNull();
    assertThat(joint.add(term, how)).isNull();
    Variable full = joint.add(term, how);
    assertThat(full).isNotNull();
    assertThat(Internals.deferred(full)).as("the rows are let go of").isNull();
    assertThat(joint.drain()).isNull();
    assertThat(joint.add(term, how)).isNull();
    assertThat(joint.drain()).isSameAs(term);
  }

  @Test
  void partsWaitForTheLast() {
    PendingTerms joint = new PendingTerms(new Pad(0, 0, 4 * PendingTerms.BLOCK));
    Variable part = normal(1, PendingTerms.BLOCK, 1);
    for (int i = 0; i < 4; i++) {
      Variable term =
          Variable.apply(new Pad(0, i * PendingTerms.BLOCK, 4 * PendingTerms.BLOCK), part);
      assertThat(joint.add(term, Internals.deferred(term))).isNull();
    }
    assertThat(joint.drain().shape()).isEqualTo(Shape.of(4 * PendingTerms.BLOCK, 1));
  }

  @Test
  void whatWasHandedOutStaysAsItIsAndTermsToo() {
    Variable a = normal(1, 2, 3);
    Variable b = normal(2, 2, 3);
    Variable c = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(2, 3), 2));
    double[] first = a.value().toDoubles();
    GradientSum sum = new GradientSum();
    Variable early =
        Variable.withoutGradient(() -> {
          sum.add(a);
          sum.add(b);
          sum.add(c);
          return sum.total();
        });
    double[] three = early.value().toDoubles();
    Variable late =
        Variable.withoutGradient(() -> {
          sum.add(b);
          sum.add(b);
          return sum.total();
        });
    assertThat(a.value().toDoubles()).isEqualTo(first);
    assertThat(early.value().toDoubles()).isEqualTo(three);
    Tensor expected = a.value().add(b.value()).add(c.value());
    assertThat(early.value().sameBits(expected)).isTrue();
    assertThat(late.value().sameBits(expected.add(b.value()).add(b.value()))).isTrue();
  }

  @Test
  void termsOfATraceAreAddedByThePlanAndPartsAreJoined() {
    Trace trace = Traces.begin();
    Variable x = Traces.input(trace, false, 4, 3);
    GradientSum products = new GradientSum();
    products.add(Variable.apply(PRODUCT, x, x));
    products.add(Variable.apply(PRODUCT, x.tanh(), x));
    assertThat(products.total()).hasToString("add float64[3, 3]");
    GradientSum parts = new GradientSum();
    parts.add(Variable.apply(new Pad(1, 0, 6), x));
    parts.add(Variable.apply(new Pad(1, 3, 6), x.tanh()));
    assertThat(parts.total()).hasToString("concat float64[4, 6]");
  }

  @Test
  void whereTheTraceBeginsTheSumBecomesPartOfIt() {
    Trace trace = Traces.begin();
    Variable x = Traces.input(trace, false, 2, 3);
    GradientSum late = new GradientSum();
    GradientSum early = new GradientSum();
    Variable.withoutGradient(() -> {
      late.add(normal(1, 2, 3));
      late.add(normal(2, 2, 3));
      late.add(x);
      early.add(x);
      early.add(normal(3, 2, 3));
      return x;
    });
    assertThat(Internals.recorder(late.total())).isSameAs(trace);
    assertThat(trace.lifted().getFirst().value().sameBits(sum(1, 2))).isTrue();
    assertThat(Internals.recorder(early.total())).isSameAs(trace);
  }

  private static Tensor sum(int a, int b) {
    return normal(a, 2, 3).value().add(normal(b, 2, 3).value());
  }
}
