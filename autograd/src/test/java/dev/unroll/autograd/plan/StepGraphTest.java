package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.op.Elementwise.Add;
import dev.unroll.autograd.op.Elementwise.Mul;
import dev.unroll.autograd.op.Movement.Slice;
import dev.unroll.autograd.op.Products.MatMul;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A graph prints itself, and its text is the graph. */
final class StepGraphTest {
  private static final String EVERYTHING =
      """
      float64
      %x0 = sequence : [2, 3]
      %x1 = sequence : int32 [2]
      %time = time : int32 []
      %s0 = carried : [2, 4]'
      %c0 = invariant : [3, 4]'
      %u1 = unchanged state : [2, 4]
      %d0 = once permute[axes=[1, 0]] %c0 : [4, 3]'
      %k0 = literal 0.5 : [1]
      %dy0 = gradient of output 0 : [2, 4]
      %ds0 = gradient of next 0 : [2, 4]
      %f3 = saved %3 : [2, 4]
      %11 = matmul %x0 %c0 : [2, 4]'
      %12 = matmul[tb] %s0 %c0 : [2, 3]' # Cell.java:7
      %13 = slice[axis=1, from=1, to=3] %11 : [2, 2]'
      %14 = affine[scale=2.0, shift=-1.0] %13 : [2, 2]'
      %15 = add %11 %u1 : [2, 4]
      output 0 %14
      next 0 %15
      save %11
      accumulate %c0 outer %x0 %11
      accumulate %d0 each %12
      """;

  @Test
  void theTextOfAGraphIsTheGraph() {
    assertThat(Graphs.parse(EVERYTHING)).hasToString(EVERYTHING);
  }

  @Test
  void namesOfATextMayBeAny() {
    StepGraph g =
        Graphs.parse(
            """
            float32
            %x0 = sequence : float32 [2]
            %sum = add %x0 %x0 : [2]
            output 0 %sum
            """);
    assertThat(g)
        .hasToString("float32\n%x0 = sequence : [2]\n%1 = add %x0 %x0 : [2]\noutput 0 %1\n");
  }

  @Test
  void equalExpressionsAreOne() {
    StepGraph.Builder b = new StepGraph.Builder(DType.FLOAT64);
    Expr x = b.input(new Role.Sequence(0), DType.FLOAT64, Shape.of(2), true);
    assertThat(b.input(new Role.Sequence(0), DType.FLOAT64, Shape.of(2), true)).isSameAs(x);
    Expr sum = b.apply(new Add(), x, x);
    assertThat(b.apply(new Add(), x, x)).isSameAs(sum);
    assertThat(b.apply(new Mul(), x, x)).isNotSameAs(sum);
    Expr detached = b.apply(new Add(), false, null, List.of(x, x));
    assertThat(detached).isNotSameAs(sum);
    assertThat(sum.gradient()).isTrue();
    assertThat(detached.gradient()).isFalse();
    assertThat(((Expr.Apply) detached).isDetached()).isTrue();
    assertThat(((Expr.Apply) sum).isDetached()).isFalse();
  }

  @Test
  void expressionsAreEqualOnlyToThemselves() {
    List<Expr> nodes = Graphs.parse(EVERYTHING).nodes();
    assertThat(nodes.stream().map(Expr::hashCode)).doesNotHaveDuplicates();
    assertThat(nodes).doesNotContainAnyElementsOf(Graphs.parse(EVERYTHING).nodes());
  }

  @Test
  void aDerivedRoleIsItsIndex() {
    Role first = new Role.Derived(1, new Add(), List.of(new Role.Invariant(0)), true);
    Role same = new Role.Derived(1, new Mul(), List.of(), false);
    Role second = new Role.Derived(2, new Add(), List.of(new Role.Invariant(0)), true);
    assertThat(first).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(first).isNotEqualTo(second).isNotEqualTo(new Role.Invariant(1));
    assertThat(first.hashCode()).isNotEqualTo(second.hashCode());
  }

  /** Its text is not that of a record. */
  private record Named(int n) implements Op {
    @Override
    public Shape shape(Shape... in) {
      return in[0];
    }

    @Override
    public Tensor forward(Tensor... in) {
      return in[0];
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g;
    }

    @Override
    public String toString() {
      return "the " + n;
    }
  }

  @Test
  void theTextOfAnOperationHasItsAttributes() {
    assertThat(StepText.operation(new Slice(1, 0, 4))).isEqualTo("slice[axis=1, from=0, to=4]");
    assertThat(StepText.operation(new MatMul(false, true))).isEqualTo("matmul[tb]");
    assertThat(StepText.operation(new MatMul(true, true))).isEqualTo("matmul[ta, tb]");
    assertThat(StepText.operation(new MatMul(true, false))).isEqualTo("matmul[ta]");
    assertThat(StepText.operation(new MatMul(false, false))).isEqualTo("matmul");
    assertThat(StepText.operation(new Named(7))).isEqualTo("named");
  }

  @Test
  void theTextOfALiteralIsItsValueIfThereIsOne() {
    for (double[] values : new double[][] {{}, {2, 2}, {2, 3}}) {
      StepGraph.Builder b = new StepGraph.Builder(DType.FLOAT64);
      Tensor t = Tensor.of(Shape.of(values.length), values);
      b.input(new Role.Literal(0, t), DType.FLOAT64, t.shape(), false);
      String text =
          switch (values.length) {
            case 0 -> "of no values : [0]";
            default -> values[1] == 2 ? "2.0 : [2]" : "of several values : [2]";
          };
      assertThat(b.build()).hasToString("float64\n%k0 = literal " + text + "\n");
    }
  }

  @Test
  void whatIsDerivedIsDerivedOnce() {
    StepGraph.Builder b = new StepGraph.Builder(DType.FLOAT64);
    Expr c = b.input(new Role.Invariant(0), DType.FLOAT64, Shape.of(2), true);
    Expr d = b.derived(new Add(), true, List.of(c, c));
    assertThat(b.derived(new Add(), true, List.of(c, c))).isSameAs(d);
    assertThat(d.gradient()).isTrue();
    assertThat(b.derived(new Add(), false, List.of(c, c)).gradient()).isFalse();
    Expr x = b.input(new Role.Sequence(0), DType.FLOAT64, Shape.of(2), true);
    assertThatThrownBy(() -> b.derived(new Add(), true, List.of(c, x)))
        .hasMessage("[plan] expected a loop-invariant, got %x0");
  }

  @Test
  void whatNoResultDependsOnIsPruned() {
    StepGraph g =
        Graphs.parse(
            """
            float64
            %x0 = sequence : [2]
            %x1 = sequence : [2]
            %s0 = carried : [2]
            %dead = add %x1 %s0 : [2]
            %live = tanh %x0 : [2]
            next 0 %live
            save %live
            """);
    assertThat(g.live()).hasSize(1);
    assertThat(g.pruned())
        .hasToString(
            """
            float64
            %x0 = sequence : [2]
            %s0 = carried : [2]
            %2 = tanh %x0 : [2]
            next 0 %2
            save %2
            """);
  }

  @Test
  void aGraphThatExtendsAnotherSharesItsExpressions() {
    StepGraph g = Graphs.parse("float64\n%x0 = sequence : [2]\n%1 = tanh %x0 : [2]\noutput 0 %1\n");
    StepGraph.Builder b = StepGraph.Builder.extending(g);
    Expr x = g.nodes().get(0);
    assertThat(b.apply(new dev.unroll.autograd.op.Elementwise.Tanh(), x))
        .isSameAs(g.nodes().get(1));
    b.apply(new Add(), x, x);
    assertThat(b.build().nodes()).startsWith(g.nodes().toArray(Expr[]::new)).hasSize(3);
  }
}
