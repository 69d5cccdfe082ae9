package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.op.Elementwise.Affine;
import dev.unroll.autograd.op.Elementwise.Sub;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LoopInvariantsTest {
  private static final Role OUTSIDE = new Role.Invariant(1);
  private static final Role STATE = new Role.Unchanged(0);

  private static Tensor tensor(double... x) {
    return Tensor.of(Shape.of(x.length), x);
  }

  @Test
  void derivedOnesAreComputedInOrderAndRecorded() {
    Variable w = Variable.input(tensor(5, 7));
    Variable state = Variable.of(tensor(1, 2));
    Role difference = new Role.Derived(0, new Sub(), List.of(OUTSIDE, STATE), true);
    Role twice = new Role.Derived(1, new Affine(2, 0), List.of(difference), true);
    Role detached = new Role.Derived(2, new Affine(3, 0), List.of(OUTSIDE), false);
    Map<Role, Variable> all =
        LoopInvariants.of(
            List.of(STATE, OUTSIDE, difference, twice, detached),
            Set.of(),
            List.of(state, w),
            List.of(state));
    assertThat(all.keySet()).containsExactly(STATE, OUTSIDE, difference, twice, detached);
    assertThat(all.get(STATE)).isSameAs(state);
    assertThat(all.get(OUTSIDE)).isSameAs(w);
    assertThat(all.get(difference).value().toDoubles()).containsExactly(4, 5);
    assertThat(all.get(twice).value().toDoubles()).containsExactly(8, 10);
    assertThat(all.get(twice).requiresGradient()).isTrue();
    assertThat(all.get(detached).value().toDoubles()).containsExactly(15, 21);
    assertThat(all.get(detached).requiresGradient()).isFalse();
  }

  @Test
  void whatNoGradientReachesIsAConstant() {
    Variable w = Variable.input(tensor(5, 7));
    Role twice = new Role.Derived(0, new Affine(2, 0), List.of(OUTSIDE), true);
    Map<Role, Variable> all =
        LoopInvariants.of(List.of(OUTSIDE, twice), Set.of(OUTSIDE), List.of(w, w), List.of());
    assertThat(all.get(OUTSIDE).value().toDoubles()).containsExactly(5, 7);
    assertThat(all.get(OUTSIDE).requiresGradient()).isFalse();
    assertThat(all.get(twice).requiresGradient()).isFalse();
  }

  @Test
  void otherRolesAreRefused() {
    assertThatThrownBy(
            () -> LoopInvariants.of(List.of(new Role.Time()), Set.of(), List.of(), List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("[plan] not a loop-invariant: %time");
  }
}
