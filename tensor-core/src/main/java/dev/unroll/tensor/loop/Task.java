package dev.unroll.tensor.loop;

import java.util.List;

/**
 * One operation of a loop step.
 *
 * @param <A> the array type
 */
public interface Task<A> {
  /** Does it for the rows of a lane. */
  void run(Frame<A> frame, Lane<A> lane, int t);

  /** Returns the number of rows, or -1 if all of them must be done at once. */
  int rows();

  /** Returns where it writes: row r of a lane at row r of each place. */
  List<Place> writes();

  /** Returns where it reads, rows alike. */
  List<Place> reads();

  /** Does it for steps {@code from} to {@code to}, exclusive, the rows of all of them. */
  default void run(Frame<A> frame, Lane<A> lane, int from, int to) {
    for (int t = from; t < to; t++) {
      run(frame, lane, t);
    }
  }

  /** Returns how many registers a lane needs. */
  default int registers() {
    return 0;
  }
}
