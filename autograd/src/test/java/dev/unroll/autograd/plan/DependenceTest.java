package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Map;
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
    assertThat(d.after(1).outputs()).isEqualTo(Map.of(0, Set.of(A)));
    assertThat(d.after(1).state()).isEqualTo(Map.of(0, Set.of(B, C), 1, Set.of(A, X)));
    assertThat(d.after(2).outputs()).isEqualTo(Map.of(0, Set.of(A, B, C)));
    assertThat(d.after(2).state()).isEqualTo(Map.of(0, Set.of(A, X, C), 1, Set.of(B, C, X)));
    Set<Role> odd = Set.of(B, C, X);
    assertThat(d.after(3).state().get(0)).isEqualTo(odd);
    assertThat(d.after(5).state().get(0)).isEqualTo(odd);
    assertThat(d.after(1_000_000_001).state().get(0)).isEqualTo(odd);
    assertThat(d.after(4).state().get(0)).isEqualTo(Set.of(A, C, X));
    assertThat(d.after(1_000_000_000).state().get(0)).isEqualTo(Set.of(A, C, X));
    assertThat(d.after(4).outputs().get(0)).isEqualTo(Set.of(A, B, C, X));
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
      assertThat(states.after(steps).state().get(0)).isEqualTo(first);
      assertThat(outputs.after(steps).state().get(0)).isEqualTo(first);
      assertThat(outputs.after(steps).outputs().get(0)).hasSize(Math.min(steps, 3));
    }
    assertThat(of(CYCLE).after(3_000_001).state().get(0)).isEqualTo(Set.of(B));
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
    assertThat(Dependence.of(b.build()).after(1).outputs()).isEqualTo(Map.of(0, Set.of(X)));
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
    assertThat(d.after(3).outputs()).isEqualTo(Map.of(0, Set.of(C), 1, Set.of()));
  }
}
