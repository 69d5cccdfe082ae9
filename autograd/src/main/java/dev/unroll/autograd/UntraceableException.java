package dev.unroll.autograd;

/** Says why a step cannot be planned: it runs step by step then. */
final class UntraceableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  UntraceableException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
