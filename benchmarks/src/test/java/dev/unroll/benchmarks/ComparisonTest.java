package dev.unroll.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static Figure figure(Unit unit, String library, double value) {
    return new Figure(new Workload("w", unit, 1, () -> () -> ""), 1, library, value);
  }

  @Test
  void theRatioIsAboveOneWhereOursIsFasterThanTheBestPeer() {
    assertThat(
            Comparison.ratio(
                List.of(
                    figure(Unit.TOKENS, "unroll", 300),
                    figure(Unit.TOKENS, "a", 100),
                    figure(Unit.TOKENS, "b", 200))))
        .isCloseTo(1.5, within(1e-12));
    assertThat(
            Comparison.ratio(
                List.of(figure(Unit.MICROS, "unroll", 2), figure(Unit.MICROS, "a", 5))))
        .isCloseTo(2.5, within(1e-12));
    assertThat(Comparison.ratio(List.of(figure(Unit.TOKENS, "unroll", 1)))).isNaN();
  }
}
