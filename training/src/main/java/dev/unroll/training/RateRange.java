package dev.unroll.training;

import dev.unroll.data.BatchSource;
import dev.unroll.layers.Layer;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Rule;
import dev.unroll.optim.Schedule;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;

/**
 * The learning-rate range test: trains with a rate that grows exponentially, and records the loss
 * of each update. A good rate is below the one at which the loss falls fastest (Smith 2017,
 * Cyclical learning rates for training neural networks, arXiv:1506.01186, section 3.3, where the
 * rate grows linearly).
 *
 * {@snippet class="snippets.RateRangeTest" region="RateRange"}
 */
public final class RateRange {
  /** The factor of the lowest smoothed loss, above which a training counts as diverged. */
  private static final double DIVERGED = 4;

  /** The fraction of the smoothed loss that an update retains, to detect divergence. */
  private static final double RETAINED = 0.8;

  private final Layer model;
  private final Task task;
  private final DoubleFunction<Rule> rule;
  private final BatchSource source;
  private RandomKey key = RandomKey.of(0);
  private double lowest = 1e-6;
  private double highest = 1;
  private int updates = 100;

  private RateRange(Layer model, Task task, DoubleFunction<Rule> rule, BatchSource source) {
    this.model = model;
    this.task = task;
    this.rule = rule;
    this.source = source;
  }

  /**
   * Returns a test of 100 updates with rates from 1e-6 to 1.
   *
   * @param model all its parameters are updated
   * @param rule the rule of a learning rate, such as {@code Adam::new}
   * @param source the training batches, from its current position on
   */
  public static RateRange of(
      Layer model, Task task, DoubleFunction<Rule> rule, BatchSource source) {
    return new RateRange(
        Objects.requireNonNull(model, "model"),
        Objects.requireNonNull(task, "task"),
        Objects.requireNonNull(rule, "rule"),
        Objects.requireNonNull(source, "source"));
  }

  /**
   * Sets the rates of the first and the last update.
   *
   * @param lowest above 0
   * @param highest above {@code lowest}, finite
   */
  public RateRange between(double lowest, double highest) {
    if (!(lowest > 0 && highest > lowest && highest < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "[rateRange] expected rates above 0, the second one greater, got "
              + lowest
              + " and "
              + highest);
    }
    this.lowest = lowest;
    this.highest = highest;
    return this;
  }

  /**
   * Sets the number of updates.
   *
   * @param updates at least 2
   */
  public RateRange updates(int updates) {
    if (updates < 2) {
      throw new IllegalArgumentException("[rateRange] expected at least 2 updates, got " + updates);
    }
    this.updates = updates;
    return this;
  }

  /** Sets the key of all random numbers. */
  public RateRange key(RandomKey key) {
    this.key = Objects.requireNonNull(key, "key");
    return this;
  }

  /**
   * Trains, until all updates are made, the loss is NaN or infinite, or a moving average of it
   * exceeds four times its lowest value. Whatever ends the test, an exception included, the weights
   * and the position of the source are restored exactly.
   *
   * @throws ArithmeticException if the first loss or its gradients are NaN or infinite
   */
  public RateCurve run() {
    Map<String, Tensor> weights = model.save();
    long position = source.position();
    try {
      return train();
    } finally {
      model.load(weights).orThrow();
      source.seek(position);
    }
  }

  private RateCurve train() {
    Optimizer optimizer = Optimizer.of(rule.apply(1), model.parameters());
    Schedule schedule = u -> lowest * Math.pow(highest / lowest, u / (updates - 1.0));
    Learner learner = new Learner(model, task, optimizer, source);
    learner.key = key;
    learner.schedule = schedule;
    List<Double> rates = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    double mean = Double.NaN;
    double best = Double.POSITIVE_INFINITY;
    while (rates.size() < updates && !(best > 0 && mean > DIVERGED * best)) {
      TrainingStep step;
      try {
        step = learner.step(rates.size() + 1L);
      } catch (ArithmeticException e) {
        if (rates.isEmpty()) {
          throw e;
        }
        break;
      }
      rates.add(step.rateFactor());
      losses.add(step.loss());
      mean = Double.isNaN(mean) ? step.loss() : RETAINED * mean + (1 - RETAINED) * step.loss();
      best = Math.min(best, mean);
    }
    return new RateCurve(rates, losses);
  }

  @Override
  public String toString() {
    return "RateRange[" + updates + " updates from " + lowest + " to " + highest + "]";
  }
}
