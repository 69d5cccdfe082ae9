package dev.unroll.tensor.spi;

import java.lang.foreign.MemorySegment;

/**
 * The loops that a provider implements, over arrays of one element type. Everything above (views,
 * packing, blocking, threads) is written once, on top of these.
 *
 * <p>Laws: each call writes its own range and nothing else; the value written for an element
 * depends on that element's operands only, never on where in the range it lies; sums run in a fixed
 * order that does not depend on the JIT compiler.
 *
 * @param <A> the array type, {@code float[]} or {@code double[]}
 */
public interface Kernels<A> {

  /**
   * Applies one instruction to {@code n} elements. Operands that the instruction does not have are
   * never read. The result may be one of the operands, at the same offset.
   */
  void elementwise(Instruction i, int n, A a, int ao, A b, int bo, A c, int co, A out, int oo);

  /**
   * The distance between the rows of a left-hand side of {@link #product}, in elements: a constant,
   * so that one register serves them all, and not a multiple of 4 KiB, which would put them into
   * one set of the cache.
   */
  int ROW_DISTANCE = 1040;

  /** Returns the number of columns in a pair of panels of a packed right-hand side. */
  int pairWidth();

  /**
   * Copies columns of a matrix into pairs of panels, each panel {@code [k, pairWidth / 2]}, one
   * after the other, with zeros where it has none. Panels are native memory, which can be aligned
   * to cache lines, unlike arrays; vectors that cross two lines take twice the time to load.
   *
   * @param b element (i, j) at {@code b[bo + i * rowStride + j * columnStride]}
   * @param columns any number from 1
   * @param po the element of {@code panels} to begin at
   */
  void pack(
      int k,
      int columns,
      A b,
      int bo,
      int rowStride,
      int columnStride,
      MemorySegment panels,
      long po);

  /**
   * Copies a matrix with rows and columns exchanged: element (i, j) from {@code a[ao + i * lda +
   * j]} to {@code out[oo + j * ldo + i]}.
   */
  void transpose(int rows, int columns, A a, int ao, int lda, A out, int oo, int ldo);

  /**
   * Adds a product to a block of C: {@code C[m, columns] += A[m, k] P[k, columns]}. Each element of
   * C is one chain of (fused) multiply-adds over ascending k that begins with its old value, so
   * that cutting k into blocks changes no bit.
   *
   * @param k at most {@link #ROW_DISTANCE}
   * @param a row i at {@code a[ao + i * ROW_DISTANCE]}
   * @param panels the columns of P: row p of panel j at element {@code po + j * step + p *
   *     pairWidth / 2}; pairs are whole even where fewer columns count
   * @param columns any number from 1
   */
  void product(
      int m,
      int k,
      A a,
      int ao,
      MemorySegment panels,
      long po,
      long step,
      A c,
      int co,
      int ldc,
      int columns);

  /**
   * Adds a product as {@link #product} does, with the same bits, but reads A and B in place.
   *
   * @param b row p at {@code b[bo + p * ldb]}
   * @param columns a multiple of {@link #pairWidth}
   */
  void productInPlace(
      int m, int k, A a, int ao, int lda, A b, int bo, int ldb, A c, int co, int ldc, int columns);

  /** Returns the sum of {@code n} elements: -0 if all are -0, 0 if there are none. */
  double sum(int n, A x, int xo);

  /** Returns the sum of squares of {@code n} elements. */
  double sumOfSquares(int n, A x, int xo);

  /**
   * Returns the maximum of {@code n} elements, ignoring NaN; negative infinity if there are none.
   */
  double max(int n, A x, int xo);

  /**
   * Writes {@code exp(x - shift)} and returns the sum of what it wrote, in a fixed order.
   *
   * @param shift at least the maximum element
   */
  double expSum(int n, A x, int xo, double shift, A out, int oo);
}
