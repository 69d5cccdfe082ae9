package dev.unroll.models;

import dev.unroll.data.Labels;
import dev.unroll.data.Scaling;
import java.util.Objects;
import java.util.Optional;

/**
 * A {@link Classifier} that reads one sequence step by step, with the version of the weights at the
 * time when it was opened. It may be used by one thread at a time, and holds memory until it is
 * closed.
 *
 * {@snippet class="snippets.ModelsTest" region="ClassifierSession"}
 */
public final class ClassifierSession implements AutoCloseable {
  private final Live live;
  private final Labels labels;
  private final Optional<Scaling> scaling;

  ClassifierSession(Live live, Labels labels, Optional<Scaling> scaling) {
    this.live = live;
    this.labels = labels;
    this.scaling = scaling;
  }

  /**
   * Reads the next step.
   *
   * @param features of the step, {@code [I]}
   * @return the classes of the sequence so far
   * @throws IllegalArgumentException if the number of features differs, or one of them or the
   *     result is not finite; the step is not read then
   * @throws IllegalStateException if the session is closed, or another thread is inside a call
   */
  public Classified step(float... features) {
    Sequences.checkFinite("[classifier]", Objects.requireNonNull(features, "features"));
    return Classified.of(labels, live.step(Sequences.scaled(scaling, features)));
  }

  /** Returns to the state before the first step, for the next sequence. */
  public void reset() {
    live.reset();
  }

  /** Releases the memory. Closing a session again has no effect. */
  @Override
  public void close() {
    live.close();
  }
}
