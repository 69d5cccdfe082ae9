package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.PointwiseRunner.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a task that one thread computes, and its state from step to step.
 *
 * @param <A> the array type
 */
final class RowRange<A> {
  final int from;
  final int to;

  /** The number of parts that the rows are divided into. */
  final int parts;

  private final @Nullable Frame<A> frame;

  /**
   * Creates one of a number of parts of the rows of a task.
   *
   * @param count the number of rows, or -1 if they cannot be divided
   * @param frame the operands of a pointwise program, or null
   */
  RowRange(int count, @Nullable Frame<A> frame, int part, int parts) {
    this.parts = parts;
    from = (int) ((long) count * part / parts);
    to = (int) ((long) count * (part + 1) / parts);
    this.frame = frame;
  }

  /** Returns the operands of a pointwise program. */
  Frame<A> frame() {
    if (frame == null) {
      throw new IllegalStateException("[loop] not a pointwise program");
    }
    return frame;
  }
}
