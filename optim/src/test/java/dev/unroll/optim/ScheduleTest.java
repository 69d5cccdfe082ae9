package dev.unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static double[] factors(Schedule s, long... updates) {
    return LongStream.of(updates).mapToDouble(s::factor).toArray();
  }

  private static void check(Schedule s, long[] updates, double... expected) {
    assertThat(factors(s, updates)).containsExactly(expected, within(1e-12));
  }

  @Test
  void stepsFallEachInterval() {
    check(Schedule.step(10, 0.5), new long[] {0, 9, 10, 19, 20}, 1, 1, 0.5, 0.5, 0.25);
    check(Schedule.exponential(0.9), new long[] {0, 1, 3}, 1, 0.9, 0.729);
    check(Schedule.inverse(0.5), new long[] {0, 1, 2, 4}, 1, 1 / 1.5, 0.5, 1 / 3.0);
    check(Schedule.constant(), new long[] {0, 1_000_000}, 1, 1);
  }

  @Test
  void theCosineEndsAtZero() {
    check(Schedule.cosine(8), new long[] {0, 4, 8, 100}, 1, 0.5, 0, 0);
  }

  @Test
  void restartsComeLaterAndLater() {
    Schedule s = Schedule.cosineWithRestarts(4, 2);
    check(s, new long[] {0, 2, 4, 8, 12, 20, 28}, 1, 0.5, 1, 0.5, 1, 0.5, 1);
    check(Schedule.cosineWithRestarts(4, 1), new long[] {0, 2, 4, 6, 8}, 1, 0.5, 1, 0.5, 1);
  }

  @Test
  void oneCycleGoesUpAndDown() {
    Schedule s = Schedule.oneCycle(1000, 0.1);
    check(s, new long[] {0, 225, 450, 675, 900}, 0.1, 0.55, 1, 0.55, 0.1);
    check(s, new long[] {950, 1000, 5000}, 0.1 * (1 - 0.99 * 0.5), 0.001, 0.001);
  }

  @Test
  void zarembasMediumModelSlowsAfterSixEpochs() {
    Schedule s = Schedule.zaremba(100, 6, 1.2);
    check(s, new long[] {0, 599, 600, 699, 700}, 1, 1, 1 / 1.2, 1 / 1.2, 1 / 1.44);
  }

  @Test
  void warmUpBeginsGently() {
    Schedule s = Schedule.step(10, 0.5).warmUp(4);
    check(s, new long[] {0, 1, 3, 4, 10}, 0.25, 0.5, 1, 1, 0.5);
  }

  @Test
  void aPlateauLowersTheRateAndRemembers() {
    Plateau plateau = new Plateau(2, 0.1);
    for (double loss : new double[] {3, 2, 2.5}) {
      plateau.observe(loss);
    }
    Schedule other = new Plateau(2, 0.1).warmUp(1);
    other.restore(plateau.warmUp(1).state());
    assertThat(other.factor(9)).isEqualTo(1);
    plateau.observe(2);
    check(plateau, new long[] {9}, 0.1);
    for (double loss : new double[] {1, Double.NaN, 1}) {
      plateau.observe(loss);
    }
    check(plateau, new long[] {9}, 0.01);
    other.restore(plateau.state());
    assertThat(other.factor(9)).isEqualTo(plateau.factor(9));
  }

  @Test
  void numbersOutsideAreRefused() {
    assertThatThrownBy(() -> Schedule.step(0, 0.5))
        .hasMessage("[optim] interval must be at least 1, not 0");
    assertThatThrownBy(() -> Schedule.oneCycle(10, 1))
        .hasMessage("[optim] start must be finite and at least 0 and below 1, not 1.0");
    assertThatThrownBy(() -> new Plateau(2, 0))
        .hasMessage("[optim] decay must be finite and above 0, not 0.0");
    assertThatThrownBy(() -> Schedule.constant().restore(new Plateau(2, 0.1).state()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown [factor, lowest, waited]");
    assertThat(Schedule.constant().state()).isEqualTo(Map.of());
  }
}
