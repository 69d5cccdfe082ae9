package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.PointwiseRunner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation of a loop step. */
sealed interface Task permits Call, CopyRows, Fused, Gather, Multiply, RowSum {
  /** Runs the operation for the rows of a range. */
  <A> void run(Workspace<A> w, RowRange<A> range, int t);

  /** Returns the number of rows, or -1 if they cannot be divided. */
  int rows();

  /**
   * Returns the operands that it writes, if its rows can be divided: row r of a range to row r of
   * each operand.
   */
  List<? extends Operand> writes();

  /** Returns the operands that it reads, row r of each for row r, if one may not be aligned. */
  List<? extends Operand> reads();

  /** Returns the operands of a pointwise program for one thread, or null for other tasks. */
  default <A> PointwiseRunner.@Nullable Frame<A> frame() {
    return null;
  }
}
