package dev.unroll.training;

/**
 * Thrown when the loss or a gradient is NaN or infinite. The message has the operation that first
 * produced it, and the last good checkpoint. The weights are those before the failed update.
 *
 * {@snippet class="snippets.TrainingTest" region="DivergedException"}
 */
public final class DivergedException extends ArithmeticException {
  private static final long serialVersionUID = 1;

  /** The number of the failed update. */
  private final long step;

  DivergedException(long step, String message, Throwable cause) {
    super(message);
    this.step = step;
    initCause(cause);
  }

  /** Returns the number of the failed update. */
  public long step() {
    return step;
  }
}
