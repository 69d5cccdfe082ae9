package dev.unroll.optim;

import dev.unroll.tensor.Tensor;
import java.util.Map;

/**
 * The factor of the learning rates as a function of the number of updates so far. Any such function
 * is a schedule.
 *
 * {@snippet class="snippets.OptimTest" region="Schedule"}
 */
@FunctionalInterface
public interface Schedule {

  /**
   * Returns the factor of the learning rates for the next update.
   *
   * @param updates the number of updates so far
   */
  double factor(long updates);

  /** Returns the state of the schedule besides the number of updates; empty by default. */
  default Map<String, Tensor> state() {
    return Map.of();
  }

  /**
   * Restores what {@link #state} returned.
   *
   * @throws IllegalArgumentException if it is the state of another schedule
   */
  default void restore(Map<String, Tensor> state) {
    States.check(state(), state);
  }

  /** Returns the constant factor 1. */
  static Schedule constant() {
    return new NamedSchedule("constant", updates -> 1);
  }

  /** Returns {@code decay ^ floor(updates / interval)}. */
  static Schedule step(long interval, double decay) {
    Checks.atLeast("interval", 1, interval);
    Checks.positive("decay", decay);
    return new NamedSchedule(
        "step(" + interval + ", " + decay + ")",
        updates -> Math.pow(decay, (double) Math.floorDiv(updates, interval)));
  }

  /** Returns {@code decay ^ updates}. */
  static Schedule exponential(double decay) {
    return new NamedSchedule("exponential(" + decay + ")", step(1, decay));
  }

  /** Returns {@code 1 / (1 + decay updates)}, as in Robbins and Monro 1951. */
  static Schedule inverse(double decay) {
    Checks.notNegative("decay", decay);
    return new NamedSchedule("inverse(" + decay + ")", updates -> 1 / (1 + decay * updates));
  }

  /** Returns half a cosine from 1 to 0 over the given number of updates, and 0 from then on. */
  static Schedule cosine(long updates) {
    Checks.atLeast("updates", 1, updates);
    return new NamedSchedule(
        "cosine(" + updates + ")",
        now -> now < updates ? (1 + Math.cos(Math.PI * now / updates)) / 2 : 0);
  }

  /**
   * Returns half cosines from 1 to 0 with a restart at 1 after each: {@code (1 + cos(pi t / T)) /
   * 2}.
   *
   * <p>Loshchilov and Hutter 2017, SGDR: stochastic gradient descent with warm restarts,
   * arXiv:1608.03983, equation 5.
   *
   * @param first T of the first period, in updates
   * @param growth the ratio of the lengths of consecutive periods, at least 1
   */
  static Schedule cosineWithRestarts(long first, int growth) {
    Checks.atLeast("first", 1, first);
    Checks.atLeast("growth", 1, growth);
    return new NamedSchedule(
        "cosineWithRestarts(" + first + ", " + growth + ")",
        updates -> {
          long period = first;
          long at = growth == 1 ? updates % first : updates;
          while (at >= period) {
            at -= period;
            period *= growth;
          }
          return (1 + Math.cos(Math.PI * at / period)) / 2;
        });
  }

  /**
   * Returns one cycle: linearly up from {@code start} to 1 over 45% of the updates, linearly down
   * again over the same number, and then down to a hundredth of {@code start}, where it remains.
   *
   * <p>Smith 2018, A disciplined approach to neural network hyper-parameters, arXiv:1803.09820.
   *
   * @param updates the number of updates of the run, after which the factor is constant
   * @param start the factor at the first update, between 0 and 1; the paper starts at about a tenth
   *     of the largest rate
   */
  static Schedule oneCycle(long updates, double start) {
    Checks.atLeast("updates", 1, updates);
    Checks.fraction("start", start);
    return new NamedSchedule(
        "oneCycle(" + updates + ", " + start + ")",
        now -> {
          double at = (double) Math.min(now, updates) / updates;
          if (at < 0.9) {
            return start + (1 - start) * (1 - Math.abs(at - 0.45) / 0.45);
          }
          return start * (1 - 0.99 * (at - 0.9) / 0.1);
        });
  }

  /**
   * Returns 1 for some epochs; from then on, the factor is divided after each epoch.
   *
   * <p>Zaremba, Sutskever and Vinyals 2014, Recurrent neural network regularization,
   * arXiv:1409.2329: 4 epochs and 2 for their small model, 6 and 1.2 for the medium one, 14 and
   * 1.15 for the large one. Their rate of 1 belongs to a loss that is summed over the steps of a
   * window: with a mean over the steps, multiply the loss by their number, or the rate.
   *
   * @param epoch the number of updates per epoch
   * @param whole the number of epochs at the full rate
   * @param divisor above 0
   */
  static Schedule zaremba(long epoch, int whole, double divisor) {
    Checks.atLeast("epoch", 1, epoch);
    Checks.atLeast("whole", 0, whole);
    Checks.positive("divisor", divisor);
    return new NamedSchedule(
        "zaremba(" + epoch + ", " + whole + ", " + divisor + ")",
        updates ->
            Math.pow(divisor, (double) -Math.max(0, Math.floorDiv(updates, epoch) + 1 - whole)));
  }

  /**
   * Returns this schedule with linear warm-up: times {@code (updates + 1) / n} for the first n
   * updates.
   *
   * <p>Goyal et al. 2017, Accurate, large minibatch SGD, arXiv:1706.02677, section 2.2.
   */
  default Schedule warmUp(long n) {
    Checks.atLeast("n", 1, n);
    return new WarmUp(this, n);
  }
}
