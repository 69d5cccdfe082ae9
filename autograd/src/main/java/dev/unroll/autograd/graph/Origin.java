package dev.unroll.autograd.graph;

import dev.unroll.autograd.Variable;
import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.function.Predicate;

/** Where in the program an operation was recorded: the calls that led to it, the last first. */
public record Origin(List<StackTraceElement> calls) {
  private static final String HERE = Variable.class.getPackageName() + ".";
  private static final List<String> PLATFORM = List.of("java.", "jdk.");
  private static final String UNROLL = "dev.unroll.";

  /** Returns the current call stack. */
  public static Origin here() {
    Predicate<StackFrame> outside = f -> !f.getClassName().startsWith(HERE);
    return new Origin(
        StackWalker.getInstance()
            .walk(s -> s.filter(outside).map(StackFrame::toStackTraceElement).toList()));
  }

  /**
   * Returns the line that applied the operation, and that of the user's code if it was in a
   * library.
   */
  @Override
  public String toString() {
    if (calls.isEmpty()) {
      return "an unknown line";
    }
    StackTraceElement line =
        calls.stream().filter(Origin::isNoPlatform).findFirst().orElse(calls.getFirst());
    StackTraceElement user =
        calls.stream()
            .filter(f -> isNoPlatform(f) && !f.getClassName().startsWith(UNROLL))
            .findFirst()
            .orElse(line);
    return user.equals(line) ? text(line) : text(line) + ", called from " + text(user);
  }

  private static boolean isNoPlatform(StackTraceElement e) {
    return PLATFORM.stream().noneMatch(e.getClassName()::startsWith);
  }

  private static String text(StackTraceElement e) {
    return e.getClassName()
        + "."
        + e.getMethodName()
        + "("
        + e.getFileName()
        + ":"
        + e.getLineNumber()
        + ")";
  }
}
