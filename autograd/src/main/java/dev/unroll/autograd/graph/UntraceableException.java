package dev.unroll.autograd.graph;

/** Says why a step cannot be planned: it runs step by step then. */
public final class UntraceableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  /** Makes an exception for a reason, which is a clause about the step. */
  public UntraceableException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** Returns the reason. */
  public String reason() {
    return reason;
  }
}
