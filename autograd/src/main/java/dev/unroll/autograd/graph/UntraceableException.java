package dev.unroll.autograd.graph;

/** Thrown if a step cannot be planned, and is therefore run eagerly. */
public final class UntraceableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  /** Creates an exception with a reason, a clause about the step. */
  public UntraceableException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** Returns the reason. */
  public String reason() {
    return reason;
  }
}
