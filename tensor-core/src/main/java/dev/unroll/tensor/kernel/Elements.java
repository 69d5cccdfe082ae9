package dev.unroll.tensor.kernel;

import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/**
 * The operations that differ by array type, for code that is written once.
 *
 * @param <A> the array type
 */
public abstract sealed class Elements<A> permits Floats, Doubles, Ints {
  private final IntFunction<A> allocate;
  private final int bytes;
  private final Scratch<A> scratch;
  private final Scratch<A> rows;

  /** Creates operations on elements of a size in bytes. */
  Elements(int bytes, IntFunction<A> allocate, ToLongFunction<A> length) {
    this.allocate = allocate;
    this.bytes = bytes;
    scratch = new Scratch<>(n -> allocate.apply((int) n), length);
    rows = new Scratch<>(n -> allocate.apply((int) n), length);
  }

  /** Returns an array of zeros. */
  public final A allocate(int n) {
    return allocate.apply(n);
  }

  /** Returns the element at an index. */
  public abstract double get(A a, int i);

  /** Writes one element, rounded to this type. */
  public abstract void set(A a, int i, double value);

  /** Writes one number to {@code n} elements. */
  public abstract void fill(A a, int from, int n, double value);

  /** Copies {@code n} elements, each side with its stride. */
  public abstract void copy(int n, A from, int at, int stride, A to, int target, int step);

  /** Adds {@code n} adjacent elements to others. */
  public abstract void add(int n, A from, int at, A to, int target);

  /** Returns buffers to borrow. */
  public final Scratch<A> scratch() {
    return scratch;
  }

  /** Returns others, for rows of a left-hand side. */
  public final Scratch<A> rows() {
    return rows;
  }

  /** Returns memory for {@code n} elements, of unknown content: see {@link Panels}. */
  public final MemorySegment panels(long n) {
    return Panels.take(n * bytes);
  }

  /** Borrows such memory: to be given back to {@link Panels#SCRATCH}. */
  public final MemorySegment panelScratch(long n) {
    return Panels.SCRATCH.take(n * bytes);
  }

  /**
   * Returns the kernels of this type.
   *
   * @throws IllegalArgumentException if this type has no arithmetic
   */
  public abstract Kernels<A> kernels();
}
