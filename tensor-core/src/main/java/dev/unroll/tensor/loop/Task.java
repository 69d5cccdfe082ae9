package dev.unroll.tensor.loop;

/**
 * Something that is done at a step.
 *
 * @param <A> the array type
 */
public interface Task<A> {
  /** Does it for the rows of a lane. */
  void run(Frame<A> frame, Lane<A> lane, int t);

  /** Returns the number of rows if each row of the result comes from the same row of inputs. */
  int rows();

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
