package dev.unroll.models;

import dev.unroll.data.Labels;
import dev.unroll.text.Vocabulary;
import java.util.Objects;

/**
 * A {@link Tagger} that reads one sequence token by token, with the version of the weights at the
 * time when it was opened. It may be used by one thread at a time, and holds memory until it is
 * closed.
 *
 * {@snippet class="snippets.ModelsTest" region="TaggerSession"}
 */
public final class TaggerSession implements AutoCloseable {
  private final Live live;
  private final Vocabulary vocabulary;
  private final Labels labels;

  TaggerSession(Live live, Vocabulary vocabulary, Labels labels) {
    this.live = live;
    this.vocabulary = vocabulary;
    this.labels = labels;
  }

  /**
   * Reads the next token.
   *
   * @return the classes of this token
   * @throws IllegalStateException if the session is closed, or another thread is inside a call
   */
  public Classified step(String token) {
    return Classified.of(labels, live.step(vocabulary.id(Objects.requireNonNull(token, "token"))));
  }

  /** Returns to the state before the first token, for the next sequence. */
  public void reset() {
    live.reset();
  }

  /** Releases the memory. Closing a session again has no effect. */
  @Override
  public void close() {
    live.close();
  }
}
