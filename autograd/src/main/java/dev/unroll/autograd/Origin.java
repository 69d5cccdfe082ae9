package dev.unroll.autograd;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.function.Predicate;

/** Where in the program an operation was recorded. */
record Origin(List<StackTraceElement> frames) {
  private static final String HERE = Origin.class.getPackageName() + ".";
  private static final String LIBRARY = "dev.unroll.";

  /** Returns the place that is running now. */
  static Origin here() {
    Predicate<StackFrame> outside = f -> !f.getClassName().startsWith(HERE);
    return new Origin(
        StackWalker.getInstance()
            .walk(s -> s.filter(outside).map(StackFrame::toStackTraceElement).toList()));
  }

  /** Returns the line that called the operation, and the line of the user that led to it. */
  @Override
  public String toString() {
    if (frames.isEmpty()) {
      return "an unknown line";
    }
    StackTraceElement line = frames.getFirst();
    StackTraceElement user =
        frames.stream()
            .filter(f -> !f.getClassName().startsWith(LIBRARY))
            .filter(f -> !f.getClassName().startsWith("java."))
            .findFirst()
            .orElse(line);
    return user.equals(line) ? line.toString() : line + ", called from " + user;
  }
}
