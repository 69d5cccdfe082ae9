package dev.unroll.models;

/**
 * A {@link TextClassifier} that reads one text piece by piece, with the version of the weights at
 * the time when it was opened. It may be used by one thread at a time, and holds memory until it is
 * closed.
 *
 * {@snippet class="snippets.ModelsTest" region="TextClassifierSession"}
 */
public final class TextClassifierSession implements AutoCloseable {
  private final Live live;
  private final TextClassifier classifier;
  private double[] logits = {};

  TextClassifierSession(Live live, TextClassifier classifier) {
    this.live = live;
    this.classifier = classifier;
  }

  /**
   * Reads the next piece of the text. Pieces are tokenized one by one: a word belongs into one.
   *
   * @return the classes of the text so far
   * @throws IllegalArgumentException if no token was read so far, or the result is not finite
   * @throws IllegalStateException if the session is closed, or another thread is inside a call
   */
  public Classified read(String piece) {
    for (int id : classifier.encoder().encode(piece)) {
      logits = live.step(id);
    }
    if (logits.length == 0) {
      throw new IllegalArgumentException("[textClassifier] expected at least one token, got none");
    }
    return Classified.of(classifier.labels(), logits);
  }

  /** Returns to the state before the first piece, for the next text. */
  public void reset() {
    live.reset();
    logits = new double[0];
  }

  /** Releases the memory. Closing a session again has no effect. */
  @Override
  public void close() {
    live.close();
  }
}
