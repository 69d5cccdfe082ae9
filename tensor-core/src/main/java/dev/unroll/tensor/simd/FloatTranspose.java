package dev.unroll.tensor.simd;

import dev.unroll.tensor.scalar.ScalarFloatKernels;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exchanges rows and columns, in squares of as many rows as a vector has lanes: the upper right
 * with the lower left quarter, then so within each quarter, down to single elements. Two such steps
 * at a time stay in registers. Each pair is written out, because a shuffle that the compiler does
 * not know as a constant takes twice the time.
 */
final class FloatTranspose {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = S.length();
  private static final long BYTES = S.vectorByteSize();
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  private static final VectorShuffle<Float> BY_8 = exchange(8), BY_4 = exchange(4);
  private static final VectorShuffle<Float> BY_2 = exchange(2), BY_1 = exchange(1);
  private static final VectorMask<Float> UPPER_8 = upper(8), UPPER_4 = upper(4);
  private static final VectorMask<Float> UPPER_2 = upper(2), UPPER_1 = upper(1);

  /** Whether squares are written for vectors of this length. */
  static final boolean SQUARES = L == 4 || L == 8 || L == 16;

  private FloatTranspose() {}

  /**
   * Square by square, with as many rows as a vector has lanes; the remaining elements one by one.
   */
  static void transpose(
      int rows, int columns, float[] a, int ao, int lda, float[] out, int oo, int ldo) {
    int wholeRows = SQUARES ? rows / L * L : 0;
    int wholeColumns = columns / L * L;
    float[] square = new float[L * L];
    for (int i = 0; i < wholeRows; i += L) {
      for (int j = 0; j < wholeColumns; j += L) {
        square(a, ao + i * lda + j, lda, square, out, oo + j * ldo + i, ldo);
      }
    }
    ScalarFloatKernels.transposeAll(
        wholeRows,
        columns - wholeColumns,
        a,
        ao + wholeColumns,
        lda,
        out,
        oo + wholeColumns * ldo,
        ldo);
    ScalarFloatKernels.transposeAll(
        rows - wholeRows, columns, a, ao + wholeRows * lda, lda, out, oo + wholeRows, ldo);
  }

  private static void square(
      float[] a, int ao, int lda, float[] between, float[] out, int oo, int ldo) {
    switch (L) {
      case 4 -> by2And1(a, ao, lda, out, oo, ldo);
      case 8 -> {
        by4(a, ao, lda, between);
        by2And1(between, 0, L, out, oo, ldo);
      }
      default -> {
        by8And4(a, ao, lda, between);
        by2And1(between, 0, L, out, oo, ldo);
      }
    }
  }

  /** Writes one square into a panel, as rows that follow one another from a byte on. */
  static void square(float[] a, int ao, int lda, float[] between, MemorySegment out, long oo) {
    switch (L) {
      case 4 -> by2And1(a, ao, lda, out, oo);
      case 8 -> {
        by4(a, ao, lda, between);
        by2And1(between, 0, L, out, oo);
      }
      default -> {
        by8And4(a, ao, lda, between);
        by2And1(between, 0, L, out, oo);
      }
    }
  }

  /** Sixteen rows exchange lanes with those 8, then with those 4 below. */
  private static void by8And4(float[] a, int ao, int lda, float[] out) {
    for (int i = 0; i < 4; i++) {
      int r = i;
      int from = ao + r * lda;
      int to = r * L;
      FloatVector x0 = FloatVector.fromArray(S, a, from);
      FloatVector x1 = FloatVector.fromArray(S, a, from + 4 * lda);
      FloatVector x2 = FloatVector.fromArray(S, a, from + 8 * lda);
      FloatVector x3 = FloatVector.fromArray(S, a, from + 12 * lda);
      FloatVector y0 = x0.blend(x2.rearrange(BY_8), UPPER_8);
      FloatVector y1 = x1.blend(x3.rearrange(BY_8), UPPER_8);
      FloatVector y2 = x0.rearrange(BY_8).blend(x2, UPPER_8);
      FloatVector y3 = x1.rearrange(BY_8).blend(x3, UPPER_8);
      y0.blend(y1.rearrange(BY_4), UPPER_4).intoArray(out, to);
      y0.rearrange(BY_4).blend(y1, UPPER_4).intoArray(out, to + 4 * L);
      y2.blend(y3.rearrange(BY_4), UPPER_4).intoArray(out, to + 8 * L);
      y2.rearrange(BY_4).blend(y3, UPPER_4).intoArray(out, to + 12 * L);
    }
  }

  /** Eight rows exchange lanes with those 4 below. */
  private static void by4(float[] a, int ao, int lda, float[] out) {
    for (int r = 0; r < 4; r++) {
      FloatVector x = FloatVector.fromArray(S, a, ao + r * lda);
      FloatVector y = FloatVector.fromArray(S, a, ao + (r + 4) * lda);
      x.blend(y.rearrange(BY_4), UPPER_4).intoArray(out, r * L);
      x.rearrange(BY_4).blend(y, UPPER_4).intoArray(out, (r + 4) * L);
    }
  }

  /** All rows exchange lanes with those 2, then with those 1 below. */
  private static void by2And1(float[] a, int ao, int lda, float[] out, int oo, int ldo) {
    for (int i = 0; i < L / 4; i++) {
      int r = 4 * i;
      int from = ao + r * lda;
      int to = oo + r * ldo;
      FloatVector x0 = FloatVector.fromArray(S, a, from);
      FloatVector x1 = FloatVector.fromArray(S, a, from + lda);
      FloatVector x2 = FloatVector.fromArray(S, a, from + 2 * lda);
      FloatVector x3 = FloatVector.fromArray(S, a, from + 3 * lda);
      FloatVector y0 = x0.blend(x2.rearrange(BY_2), UPPER_2);
      FloatVector y1 = x1.blend(x3.rearrange(BY_2), UPPER_2);
      FloatVector y2 = x0.rearrange(BY_2).blend(x2, UPPER_2);
      FloatVector y3 = x1.rearrange(BY_2).blend(x3, UPPER_2);
      y0.blend(y1.rearrange(BY_1), UPPER_1).intoArray(out, to);
      y0.rearrange(BY_1).blend(y1, UPPER_1).intoArray(out, to + ldo);
      y2.blend(y3.rearrange(BY_1), UPPER_1).intoArray(out, to + 2 * ldo);
      y2.rearrange(BY_1).blend(y3, UPPER_1).intoArray(out, to + 3 * ldo);
    }
  }

  /** The same, into a panel. */
  private static void by2And1(float[] a, int ao, int lda, MemorySegment out, long oo) {
    for (int i = 0; i < L / 4; i++) {
      int r = 4 * i;
      int from = ao + r * lda;
      long to = oo + r * BYTES;
      FloatVector x0 = FloatVector.fromArray(S, a, from);
      FloatVector x1 = FloatVector.fromArray(S, a, from + lda);
      FloatVector x2 = FloatVector.fromArray(S, a, from + 2 * lda);
      FloatVector x3 = FloatVector.fromArray(S, a, from + 3 * lda);
      FloatVector y0 = x0.blend(x2.rearrange(BY_2), UPPER_2);
      FloatVector y1 = x1.blend(x3.rearrange(BY_2), UPPER_2);
      FloatVector y2 = x0.rearrange(BY_2).blend(x2, UPPER_2);
      FloatVector y3 = x1.rearrange(BY_2).blend(x3, UPPER_2);
      y0.blend(y1.rearrange(BY_1), UPPER_1).intoMemorySegment(out, to, NATIVE);
      y0.rearrange(BY_1).blend(y1, UPPER_1).intoMemorySegment(out, to + BYTES, NATIVE);
      y2.blend(y3.rearrange(BY_1), UPPER_1).intoMemorySegment(out, to + 2 * BYTES, NATIVE);
      y2.rearrange(BY_1).blend(y3, UPPER_1).intoMemorySegment(out, to + 3 * BYTES, NATIVE);
    }
  }

  /** Returns the exchange of lanes {@code d} apart. */
  private static VectorShuffle<Float> exchange(int d) {
    return VectorShuffle.fromOp(S, i -> d < L ? i ^ d : i);
  }

  /** Returns the lanes that are the upper ones in such an exchange. */
  private static VectorMask<Float> upper(int d) {
    boolean[] lanes = new boolean[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = (i & d) != 0;
    }
    return VectorMask.fromArray(S, lanes, 0);
  }
}
