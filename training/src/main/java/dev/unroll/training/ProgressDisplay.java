package dev.unroll.training;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of a run: the step of all steps, the loss, the metrics of the last validation,
 * and the time left. The loss is a moving average, {@code 0.99 mean + 0.01 loss}.
 *
 * {@snippet class="snippets.ListenersTest" region="ProgressDisplay"}
 */
public final class ProgressDisplay implements Listener {
  /** The fraction of the moving average of losses that an update retains. */
  private static final double RETAINED = 0.99;

  private final ProgressStyle style;
  private final LongSupplier clock;
  private final String unit;
  private final @Nullable Function<TrainingStep, String> numbers;
  private Map<String, Double> metrics = Map.of();
  private double loss = Double.NaN;
  private long predictions;
  private long first;
  private long steps;
  private long start;
  private long last;

  ProgressDisplay(
      ProgressStyle style,
      LongSupplier clock,
      String unit,
      @Nullable Function<TrainingStep, String> numbers) {
    this.style = style;
    this.clock = clock;
    this.unit = unit;
    this.numbers = numbers;
  }

  private static ProgressDisplay of(ProgressStyle style) {
    return new ProgressDisplay(style, System::nanoTime, "", null);
  }

  /**
   * Returns a display that writes a line every 10 seconds and at the last update, for files and
   * pipes.
   *
   * @param out not closed; a {@link java.io.PrintStream} for instance
   */
  public static ProgressDisplay lines(Appendable out) {
    return of(new ProgressStyle.Lines(Objects.requireNonNull(out, "out")));
  }

  /**
   * Returns a display that redraws one line with a bar every half second, for a terminal that knows
   * {@code \r} and ANSI's erase in line.
   *
   * @param name shown before the bar, such as that of the model
   * @param terminal not closed
   */
  public static ProgressDisplay bar(String name, Appendable terminal) {
    return of(
        new ProgressStyle.Bar(
            Objects.requireNonNull(name, "name"), Objects.requireNonNull(terminal, "terminal")));
  }

  /**
   * Returns a display that logs a line every 10 seconds and at the last update, by SLF4J at level
   * INFO.
   *
   * @param logger the name of the logger
   */
  public static ProgressDisplay log(String logger) {
    return of(ProgressStyle.Log.of(Objects.requireNonNull(logger, "logger")));
  }

  /**
   * Returns a display that shows the rate of predicted targets in addition.
   *
   * @param unit their name, such as {@code tokens} or {@code examples}
   */
  public ProgressDisplay counting(String unit) {
    return new ProgressDisplay(style, clock, Objects.requireNonNull(unit, "unit"), numbers);
  }

  /**
   * Returns a display of other numbers in place of the loss, metrics and rate.
   *
   * @param numbers called for each line, on the training thread
   */
  public ProgressDisplay showing(Function<TrainingStep, String> numbers) {
    return new ProgressDisplay(style, clock, unit, Objects.requireNonNull(numbers, "numbers"));
  }

  /** Writes a text on lines of its own. */
  public void print(String text) throws IOException {
    style.print(Objects.requireNonNull(text, "text"));
  }

  @Override
  public void onStart(long step, long steps) {
    first = step;
    this.steps = steps;
    predictions = 0;
    start = clock.getAsLong();
    last = start;
  }

  @Override
  public void onStep(TrainingStep step) throws IOException {
    loss = Double.isNaN(loss) ? step.loss() : RETAINED * loss + (1 - RETAINED) * step.loss();
    predictions += step.predictions();
    long now = clock.getAsLong();
    if (now - last < style.interval() && step.number() < steps) {
      return;
    }
    last = now;
    double seconds = (now - start) * 1e-9;
    Duration left =
        Duration.ofMillis(
            Math.round(1000 * seconds / (step.number() - first) * (steps - step.number())));
    style.show(
        step.number(), steps, numbers == null ? numbers(seconds) : numbers.apply(step), left);
  }

  private String numbers(double seconds) {
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "loss %.3f", loss));
    metrics.forEach((name, value) -> {
      if (!name.equals("loss")) {
        text.append(String.format(Locale.ROOT, ", %s %.4g", name, value));
      } else {
        text.append(String.format(Locale.ROOT, ", validation loss %.3f", value));
      }
    });
    if (!unit.isEmpty() && seconds > 0) {
      text.append(String.format(Locale.ROOT, ", %,.0f %s/s", predictions / seconds, unit));
    }
    return text.toString();
  }

  @Override
  public void onValidation(long step, Map<String, Double> metrics, boolean best) {
    this.metrics = metrics;
  }

  @Override
  public void onEnd(long step) throws IOException {
    style.end();
  }

  @Override
  public String toString() {
    return "ProgressDisplay[" + style + "]";
  }
}
