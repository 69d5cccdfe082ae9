package dev.unroll.autograd.plan;

import static dev.unroll.autograd.plan.Reaches.ofOutput;
import static dev.unroll.autograd.plan.Reaches.ofState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DependenceTest {
  private static final Role X = new Role.Sequence(0);
  private static final Role A = new Role.Carried(0);
  private static final Role B = new Role.Carried(1);
  private static final Role C = new Role.Invariant(0);

  private static Dependence of(String step) {
    return Dependence.of(Graphs.parse(step));
  }

  @Test
  void aStateReachesWhatItWasComputedFromAtAllStepsBefore() {
    Dependence d =
        of(
            """
            float64
            %x0 = sequence : [2]'
            %s0 = carried : [2]'
            %s1 = carried : [2]'
            %c0 = invariant : [2]'
            %4 = mul %s1 %c0 : [2]'
            %5 = add %s0 %x0 : [2]'
            output 0 %s0
            next 0 %4
            next 1 %5
            """);
    assertThat(ofOutput(d, 0, 1)).containsExactlyInAnyOrder(A);
    assertThat(ofState(d, 0, 1)).containsExactlyInAnyOrder(B, C);
    assertThat(ofState(d, 1, 1)).containsExactlyInAnyOrder(A, X);
    assertThat(ofOutput(d, 0, 2)).containsExactlyInAnyOrder(A, B, C);
    assertThat(ofState(d, 0, 2)).containsExactlyInAnyOrder(A, X, C);
    assertThat(ofState(d, 1, 2)).containsExactlyInAnyOrder(B, C, X);
    Set<Role> odd = Set.of(B, C, X);
    assertThat(ofState(d, 0, 3)).isEqualTo(odd);
    assertThat(ofState(d, 0, 5)).isEqualTo(odd);
    assertThat(ofState(d, 0, 1_000_000_001)).isEqualTo(odd);
    assertThat(ofState(d, 0, 4)).isEqualTo(Set.of(A, C, X));
    assertThat(ofState(d, 0, 1_000_000_000)).isEqualTo(Set.of(A, C, X));
    assertThat(ofOutput(d, 0, 4)).isEqualTo(Set.of(A, B, C, X));
  }

  private static final String CYCLE =
      """
      float64
      %s0 = carried : [2]'
      %s1 = carried : [2]'
      %s2 = carried : [2]'
      %3 = tanh %s1 : [2]'
      %4 = tanh %s2 : [2]'
      %5 = tanh %s0 : [2]'
      next 0 %3
      next 1 %4
      next 2 %5
      """;

  @Test
  void statesThatTakeTurnsReachEachOtherInTurn() {
    Dependence states = of(CYCLE);
    Dependence outputs = of(CYCLE + "output 0 %s0\n");
    for (int steps = 1; steps < 13; steps++) {
      Set<Role> first = Set.of(new Role.Carried(steps % 3));
      assertThat(ofState(states, 0, steps)).isEqualTo(first);
      assertThat(ofState(outputs, 0, steps)).isEqualTo(first);
      assertThat(ofOutput(outputs, 0, steps)).hasSize(Math.min(steps, 3));
    }
    assertThat(ofState(of(CYCLE), 0, 3_000_001)).isEqualTo(Set.of(B));
  }

  /** Its first operand has a gradient, its second has none, and it is never asked for others. */
  private record First() implements Op {
    @Override
    public Shape shape(Shape... in) {
      return in[0];
    }

    @Override
    public Tensor forward(Tensor... in) {
      return in[0];
    }

    @Override
    public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
      assertThat(i).isLessThan(2);
      return i == 0 ? g : null;
    }
  }

  @Test
  void onlyNeededGradientsOfAnOperationAreAskedFor() {
    StepGraph.Builder b = new StepGraph.Builder(DType.FLOAT64);
    Expr x = b.input(X, DType.FLOAT64, Shape.of(2), true);
    Expr c = b.input(C, DType.FLOAT64, Shape.of(2), true);
    Expr other = b.input(new Role.Invariant(1), DType.FLOAT64, Shape.of(2), false);
    b.result(new Result.Output(0, b.apply(new First(), x, c, other)));
    assertThat(ofOutput(Dependence.of(b.build()), 0, 1)).isEqualTo(Set.of(X));
  }

  @Test
  void gradientsEndAtDetachedValuesAndAtOperandsWithoutOne() {
    Dependence d =
        of(
            """
            float64
            %x0 = sequence : int32 [2]
            %c0 = invariant : [3, 2]'
            %c1 = invariant : [2, 2]'
            %c2 = invariant : [2, 2]
            %4 = gather %c0 %x0 : [2, 2]'
            %5 = identity[number=0] %c1 : [2, 2]
            %6 = add %4 %5 : [2, 2]'
            %7 = add %6 %c2 : [2, 2]'
            output 0 %7
            output 1 %5
            """);
    assertThat(ofOutput(d, 0, 3)).isEqualTo(Set.of(C));
    assertThat(ofOutput(d, 1, 3)).isEmpty();
  }
}
