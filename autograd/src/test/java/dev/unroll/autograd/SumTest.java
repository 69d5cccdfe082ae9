package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class SumTest {
  private static final RandomKey KEY = RandomKey.of(101);
  private static final MatMul PRODUCT = new MatMul(true, false);

  private static Variable normal(int key, int... dims) {
    return Variable.of(KEY.fold(key).normal(DType.FLOAT64, Shape.of(dims), 0, 1));
  }

  private static Variable pad(int from, int width) {
    return Variable.apply(new Pad(1, from, 6), normal(from, 2, width));
  }

  private static void assertSum(Variable... terms) {
    Sum sum = new Sum();
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
    Sum sum = new Sum();
    sum.add(Variable.apply(PRODUCT, normal(1, 4, 3), normal(2, 4, 2)));
    sum.add(Variable.apply(PRODUCT, normal(3, 4, 3), normal(4, 4, 2)));
    Variable.Deferred one = sum.total().deferred();
    assertThat(one).isNotNull();
    assertThat(one.in().getFirst().shape()).isEqualTo(Shape.of(8, 3));
    assertSum(normal(1, 2, 3).permute(1, 0), normal(2, 2, 3).permute(1, 0));
    Joint parts = new Joint(new Pad(1, 0, 6));
    assertThat(parts.isFor(new Pad(1, 2, 6))).isTrue();
    assertThat(parts.isFor(new Pad(0, 0, 6))).isFalse();
    assertThat(parts.isFor(PRODUCT)).isFalse();
  }

  @Test
  void onlyWhatCanBeJoinedOrMayNeverBeReadWaits() {
    Variable a = normal(1, 3, 3);
    assertThat(Variable.apply(new MatMul(true, false), a, a).deferred()).isNotNull();
    for (MatMul other :
        List.of(new MatMul(false, false), new MatMul(false, true), new MatMul(true, true))) {
      assertThat(Variable.apply(other, a, a).deferred()).isNull();
    }
    assertThat(pad(0, 2).deferred()).isNotNull();
    assertThat(a.permute(1, 0).deferred()).isNotNull();
    assertThat(a.add(a).deferred()).isNull();
  }

  @Test
  void blockOfProductsIsAddedUpAsSoonAsItIsFull() {
    Joint joint = new Joint(PRODUCT);
    Variable half = normal(1, Joint.BLOCK / 2, 1);
    Variable term = Variable.apply(PRODUCT, half, half);
    Variable.Deferred how = term.deferred();
    assertThat(how).isNotNull();
    assertThat(joint.add(term, how)).isNull();
    Variable full = joint.add(term, how);
    assertThat(full).isNotNull();
    assertThat(full.deferred()).as("the rows are let go of").isNull();
    assertThat(joint.drain()).isNull();
    assertThat(joint.add(term, how)).isNull();
    assertThat(joint.drain()).isSameAs(term);
  }

  @Test
  void partsWaitForTheLast() {
    Joint joint = new Joint(new Pad(0, 0, 4 * Joint.BLOCK));
    Variable part = normal(1, Joint.BLOCK, 1);
    for (int i = 0; i < 4; i++) {
      Variable term = Variable.apply(new Pad(0, i * Joint.BLOCK, 4 * Joint.BLOCK), part);
      assertThat(joint.add(term, term.deferred())).isNull();
    }
    assertThat(joint.drain().shape()).isEqualTo(Shape.of(4 * Joint.BLOCK, 1));
  }

  @Test
  void whatWasHandedOutStaysAsItIsAndTermsToo() {
    Variable a = normal(1, 2, 3);
    Variable b = normal(2, 2, 3);
    Variable c = Variable.of(Tensor.full(DType.FLOAT64, 2, Shape.of(2, 3)));
    double[] first = a.value().toDoubles();
    Sum sum = new Sum();
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
    Trace trace = new Trace();
    Variable x = trace.input(Trace.Kind.SEQUENCE, 0, Shape.of(4, 3), DType.FLOAT64, false);
    Sum products = new Sum();
    products.add(Variable.apply(PRODUCT, x, x));
    products.add(Variable.apply(PRODUCT, x.tanh(), x));
    assertThat(products.total()).hasToString("add float64[3, 3]");
    Sum parts = new Sum();
    parts.add(Variable.apply(new Pad(1, 0, 6), x));
    parts.add(Variable.apply(new Pad(1, 3, 6), x.tanh()));
    assertThat(parts.total()).hasToString("concat float64[4, 6]");
  }

  @Test
  void whereTheTraceBeginsTheSumBecomesPartOfIt() {
    Trace trace = new Trace();
    Variable x = trace.input(Trace.Kind.SEQUENCE, 0, Shape.of(2, 3), DType.FLOAT64, false);
    Sum late = new Sum();
    Sum early = new Sum();
    Variable.withoutGradient(() -> {
      late.add(normal(1, 2, 3));
      late.add(normal(2, 2, 3));
      late.add(x);
      early.add(x);
      early.add(normal(3, 2, 3));
      return x;
    });
    assertThat(late.total().trace()).isSameAs(trace);
    assertThat(trace.lifted().getFirst().value().sameBits(sum(1, 2))).isTrue();
    assertThat(early.total().trace()).isSameAs(trace);
  }

  private static Tensor sum(int a, int b) {
    return normal(a, 2, 3).value().add(normal(b, 2, 3).value());
  }
}
