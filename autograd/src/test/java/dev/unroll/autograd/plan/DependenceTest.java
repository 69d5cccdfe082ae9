package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
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
