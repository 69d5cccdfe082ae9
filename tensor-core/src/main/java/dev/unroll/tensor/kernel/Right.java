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
   * A right-hand side in the order in which micro-kernels read it: panels of columns, each [k,
   * width], in pairs.
   *
   * @param from the element of the first panel's first row
   * @param step the number of elements from panel to panel
   * @param <A> the array type
   */
  record Packed<A>(MemorySegment panels, long from, long step, int k, int n) implements Right<A> {
    /** Returns some of the rows, and of the columns from a pair of panels of a width on. */
    Packed<A> part(int width, int row, int k, int pair, int n) {
      long first = from + 2L * pair * step + (long) row * width;
      return new Packed<>(panels, first, step, k, n);
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
      long first = from + 2L * pair * step + (long) p * (kernels.pairWidth() / 2);
      kernels.product(m, depth, a, at, panels, first, step, c, to, ldc, columns);
    }
  }

  /**
   * A packed right-hand side, gone through from the last columns to the first: where products of
   * one B follow one another, every other one so, and what the caches hold of the one before is
   * read again before it is lost.
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
    /** Rows at this distance in elements, or a multiple, share one set of the cache. */
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
