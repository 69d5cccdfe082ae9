package dev.unroll.training;

/**
 * A loss or gradients were no numbers any more. The message has the operation where that began, and
 * the last good checkpoint. The weights have not moved by it.
 */
public final class DivergedException extends ArithmeticException {
  private static final long serialVersionUID = 1;

  /** The update that could not be made. */
  private final long step;

  DivergedException(long step, String message, Throwable cause) {
    super(message);
    this.step = step;
    initCause(cause);
  }

  /** Returns the number of the update that could not be made. */
  public long step() {
    return step;
  }
}
