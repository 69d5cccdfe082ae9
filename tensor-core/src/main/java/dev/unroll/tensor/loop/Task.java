package dev.unroll.tensor.loop;

import java.util.List;

/** One operation of a loop step. */
interface Task {
  /** Does it for the rows of a range. */
  <A> void run(Workspace<A> w, RowRange<A> range, int t);

  /** Returns the number of rows, or -1 if all of them must be done at once. */
  int rows();

  /** Returns where it writes: row r of a range goes to row r of each operand. */
  List<Operand> writes();

  /** Returns where it reads, rows alike. */
  List<Operand> reads();

  /** Does it for steps {@code from} to {@code to}, exclusive, the rows of all of them. */
  default <A> void run(Workspace<A> w, RowRange<A> range, int from, int to) {
    for (int t = from; t < to; t++) {
      run(w, range, t);
    }
  }

  /** Returns how many registers a range needs. */
  default int registers() {
    return 0;
  }
}
