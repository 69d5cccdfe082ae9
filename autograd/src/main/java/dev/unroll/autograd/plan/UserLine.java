package dev.unroll.autograd.plan;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the line of a step that applies an operation. */
final class UserLine {
  private static final String AUTOGRAD = "dev.unroll.autograd.";
  private static final String UNROLL = "dev.unroll.";

  private UserLine() {}

  /**
   * Returns the current line: the last one of the user's code between the operation and the tracing
   * of the step, or that of a built-in cell, or null if there is neither.
   */
  static @Nullable String here() {
    List<StackFrame> step =
        StackWalker.getInstance()
            .walk(all ->
                all.takeWhile(f -> !f.getClassName().equals(TracedStep.class.getName()))
                    .filter(f -> !f.getClassName().startsWith(AUTOGRAD))
                    .filter(f -> !f.getClassName().startsWith("java."))
                    .toList());
    return step.stream()
        .filter(f -> !f.getClassName().startsWith(UNROLL))
        .findFirst()
        .or(() -> step.stream().findFirst())
        .map(f -> f.getFileName() + ":" + f.getLineNumber())
        .orElse(null);
  }
}
