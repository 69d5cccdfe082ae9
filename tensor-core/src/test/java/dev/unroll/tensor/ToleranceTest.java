package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ToleranceTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void differencesAreAbsoluteAndRelative() {
    Tolerance t = new Tolerance(0.5, 0.25);
    assertThat(t.allows(4, 5.5)).isTrue();
    assertThat(t.allows(-4, -2.5)).isTrue();
    assertThat(t.allows(4, 5.625)).isFalse();
    assertThat(Tolerance.of(0.25).allows(1, 1.5)).isTrue();
    assertThat(new Tolerance(0, 0).allows(0.0, -0.0)).isTrue();
  }

  @Test
  void whatIsNotFiniteAgreesWithItselfAlone() {
    for (Tolerance t : new Tolerance[] {new Tolerance(0, 0), Tolerance.of(1)}) {
      assertThat(t.allows(INFINITY, INFINITY)).isTrue();
      assertThat(t.allows(Double.NaN, Double.NaN)).isTrue();
      assertThat(t.allows(INFINITY, 1e300)).isFalse();
      assertThat(t.allows(INFINITY, -INFINITY)).isFalse();
      assertThat(t.allows(1, INFINITY)).isFalse();
      assertThat(t.allows(1, Double.NaN)).isFalse();
      assertThat(t.allows(Double.NaN, 1)).isFalse();
    }
  }

  @Test
  void theFirstDifferenceIsNamed() {
    Tensor expected = Tensor.of(Shape.of(2), 1.0, 2.0);
    Tolerance t = Tolerance.of(1e-6);
    assertThat(t.difference(expected, expected.to(DType.FLOAT32))).isEmpty();
    assertThat(t.difference(expected, Tensor.of(Shape.of(2), 1.0, 2.5)))
        .hasValue("element 1: expected 2.0, got 2.5");
    assertThat(t.difference(expected, Tensor.of(Shape.of(2, 1), 1.0, 2.0)))
        .hasValue("expected shape [2], got [2, 1]");
    assertThat(t.difference(new double[1], new double[2])).hasValue("expected 1 elements, got 2");
  }

  @Test
  void negativeTolerancesAreRefused() {
    for (double bad : new double[] {-1e-9, Double.NaN}) {
      assertThatThrownBy(() -> new Tolerance(0, bad))
          .hasMessageStartingWith("[tolerance] expected");
      assertThatThrownBy(() -> new Tolerance(bad, 0))
          .hasMessageStartingWith("[tolerance] expected");
    }
  }
}
