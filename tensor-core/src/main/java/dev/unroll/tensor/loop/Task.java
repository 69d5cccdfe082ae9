package dev.unroll.tensor.loop;

import java.util.List;

/** One operation of a loop step. */
interface Task {
  /** Runs the operation for the rows of a range. */
  <A> void run(Workspace<A> w, RowRange<A> range, int t);

  /** Returns the number of rows, or -1 if they cannot be divided. */
  int rows();

  /** Returns the operands that it writes: row r of a range to row r of each operand. */
  List<Operand> writes();

  /** Returns the operands that it reads, with the same rows. */
  List<Operand> reads();

  /** Runs the operation for all rows of steps {@code from} to {@code to}, exclusive. */
  default <A> void run(Workspace<A> w, RowRange<A> range, int from, int to) {
    for (int t = from; t < to; t++) {
      run(w, range, t);
    }
  }

  /** Returns the number of registers that a range needs. */
  default int registers() {
    return 0;
  }
}
