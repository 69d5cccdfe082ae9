package dev.unroll.tensor.kernel;

import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;

/**
 * What differs between arrays of one type of number and another, for code that is written once.
 *
 * @param <A> the array type
 */
public sealed interface Elements<A> permits Floats, Doubles, Ints {

  /** Returns an array of zeros. */
  A allocate(int n);

  /** Returns the element at an index. */
  double get(A a, int i);

  /** Writes one element, rounded to this type. */
  void set(A a, int i, double value);

  /** Writes one number to {@code n} elements. */
  void fill(A a, int from, int n, double value);

  /** Copies {@code n} elements, each side with its stride. */
  void copy(int n, A from, int at, int stride, A to, int target, int step);

  /** Adds {@code n} neighbours to others. */
  void add(int n, A from, int at, A to, int target);

  /** Returns buffers to borrow. */
  Scratch<A> scratch();

  /** Returns others, for rows of a left-hand side. */
  Scratch<A> rows();

  /** Returns memory for {@code n} elements, of unknown content: see {@link Panels}. */
  MemorySegment panels(long n);

  /** Borrows such memory: to be given back to {@link Panels#SCRATCH}. */
  MemorySegment panelScratch(long n);

  /**
   * Returns the kernels of this type.
   *
   * @throws IllegalArgumentException if this type has no arithmetic
   */
  Kernels<A> kernels();
}
