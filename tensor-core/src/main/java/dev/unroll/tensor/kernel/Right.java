package dev.unroll.tensor.kernel;

import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;

/**
 * A right-hand side [k, n].
 *
 * @param <A> the array type
 */
public sealed interface Right<A> {

  /** Pairs of panels that are worth a part of their own: for a thread, or on the way backwards. */
  int GROUP = 4;

  /** Returns the number of rows. */
  int k();

  /** Returns the number of columns. */
  int n();

  /** Returns whether the kernels read rows of A so far apart, or they must be copied. */
  boolean readsRows(int distance);

  /**
   * Adds the product of {@code m} rows of A with {@code depth} rows of B, from row {@code p} on,
   * and {@code columns} columns, from a pair of panels on.
   */
  void add(
      Kernels<A> kernels,
      int m,
      int depth,
      A a,
      int at,
      int lda,
      int p,
      int pair,
      A c,
      int to,
      int ldc,
      int columns);

  /**
   * A right-hand side in the order in which micro-kernels read it: panels of columns, each [height,
   * width], in pairs; or a part of such.
   *
   * @param first the element that it begins with
   * @param height rows of a panel
   * @param <A> the array type
   */
  record Packed<A>(MemorySegment panels, long first, int height, int k, int n) implements Right<A> {
    /** All that lies in panels. */
    Packed(MemorySegment panels, int k, int n) {
      this(panels, 0, k, k, n);
    }

    /** Returns the part of {@code depth} rows from {@code p} on, and columns from {@code j} on. */
    Packed<A> part(Kernels<A> kernels, int p, int depth, int j, int columns) {
      long from = first + (long) j * height + (long) p * (kernels.pairWidth() / 2);
      return new Packed<>(panels, from, height, depth, columns);
    }

    @Override
    public boolean readsRows(int distance) {
      return distance == Kernels.ROW_DISTANCE;
    }

    @Override
    public void add(
        Kernels<A> kernels,
        int m,
        int depth,
        A a,
        int at,
        int lda,
        int p,
        int pair,
        A c,
        int to,
        int ldc,
        int columns) {
      int w = kernels.pairWidth() / 2;
      long step = (long) height * w;
      long from = first + 2L * pair * step + (long) p * w;
      kernels.product(m, depth, a, at, panels, from, step, c, to, ldc, columns);
    }
  }

  /**
   * The same, gone through from the last columns to the first: where products of one B follow one
   * another, every other one so, and what the caches hold of the one before is read again before it
   * is lost.
   *
   * @param <A> the array type
   */
  record Backwards<A>(Packed<A> b) implements Right<A> {
    @Override
    public int k() {
      return b.k();
    }

    @Override
    public int n() {
      return b.n();
    }

    @Override
    public boolean readsRows(int distance) {
      return b.readsRows(distance);
    }

    @Override
    public void add(
        Kernels<A> kernels,
        int m,
        int depth,
        A a,
        int at,
        int lda,
        int p,
        int pair,
        A c,
        int to,
        int ldc,
        int columns) {
      int few = GROUP * kernels.pairWidth();
      for (int j = (columns - 1) / few; j >= 0; j--) {
        int done = j * few;
        int n = Math.min(few, columns - done);
        b.add(kernels, m, depth, a, at, lda, p, pair + j * GROUP, c, to + done, ldc, n);
      }
    }
  }

  /** A right-hand side where it lies; its columns are dense, and fill whole pairs. */
  record InPlace<A>(Matrix<A> b, int k, int n) implements Right<A> {
    /** Rows so many elements apart, or a multiple, share one set of the cache. */
    private static final int CONFLICT = 1024;

    @Override
    public boolean readsRows(int distance) {
      return distance % CONFLICT != 0;
    }

    @Override
    public void add(
        Kernels<A> kernels,
        int m,
        int depth,
        A a,
        int at,
        int lda,
        int p,
        int pair,
        A c,
        int to,
        int ldc,
        int columns) {
      int from = b.offset() + p * b.rowStride() + pair * kernels.pairWidth();
      kernels.productInPlace(
          m, depth, a, at, lda, b.array(), from, b.rowStride(), c, to, ldc, columns);
    }
  }
}
