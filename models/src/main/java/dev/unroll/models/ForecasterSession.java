package dev.unroll.models;

import java.util.Objects;
import java.util.Optional;

/**
 * A {@link Forecaster} that reads one series step by step, with the version of the weights at the
 * time when it was opened. It may be used by one thread at a time, and holds memory until it is
 * closed.
 *
 * {@snippet class="snippets.ModelsTest" region="ForecasterSession"}
 */
public final class ForecasterSession implements AutoCloseable {
  private final Live live;
  private final Forecaster forecaster;
  private long steps;

  ForecasterSession(Live live, Forecaster forecaster) {
    this.live = live;
    this.forecaster = forecaster;
  }

  /**
   * Reads the next step, and predicts those after it.
   *
   * @param values of the variables at this step, {@code [F]}
   * @return nothing before as many steps were read as the forecaster needs: {@link
   *     Forecaster.Span#past}
   * @throws IllegalArgumentException if the number of variables differs, or one of them or the
   *     result is not finite; the step is not read then
   * @throws IllegalStateException if the session is closed, or another thread is inside a call
   */
  public Optional<Forecast> step(float... values) {
    Sequences.checkFinite("[forecaster]", Objects.requireNonNull(values, "values"));
    double[] outputs = live.step(forecaster.scaled(values));
    steps++;
    return steps < forecaster.span().past()
        ? Optional.empty()
        : Optional.of(forecaster.forecast(values[forecaster.span().variable()], outputs));
  }

  /** Returns to the state before the first step, for the next series. */
  public void reset() {
    live.reset();
    steps = 0;
  }

  /** Releases the memory. Closing a session again has no effect. */
  @Override
  public void close() {
    live.close();
  }
}
