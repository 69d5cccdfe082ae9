// Generated from ScalarFloatProduct.java by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.scalar;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The product on scalars, four rows by four columns at a time: sixteen sums in registers keep
 * multiplier and adder busy, where a loop over the columns waits for memory (7.3 against 0.9
 * GFLOP/s). Each element is one chain over ascending k, whatever block it falls into.
 */
final class ScalarDoubleProduct {
  private static final int SIDE = 4;

  private ScalarDoubleProduct() {}

  static void run(
      int m,
      int k,
      double[] a,
      int ao,
      int lda,
      MemorySegment p,
      long po,
      int ldp,
      double[] c,
      int co,
      int ldc,
      int columns) {
    int rows = m / SIDE * SIDE;
    int whole = columns / SIDE * SIDE;
    for (int j = 0; j < whole; j += SIDE) {
      for (int i = 0; i < rows; i += SIDE) {
        square(k, a, ao + i * lda, lda, p, po + j, ldp, c, co + i * ldc + j, ldc);
      }
      for (int i = rows; i < m; i++) {
        row(k, a, ao + i * lda, p, po + j, ldp, c, co + i * ldc + j);
      }
    }
    for (int j = whole; j < columns; j++) {
      for (int i = 0; i < m; i++) {
        element(k, a, ao + i * lda, p, po + j, ldp, c, co + i * ldc + j);
      }
    }
  }

  private static void square(
      int k,
      double[] a,
      int a0,
      int lda,
      MemorySegment p,
      long po,
      int ldp,
      double[] c,
      int c0,
      int ldc) {
    int a1 = a0 + lda, a2 = a1 + lda, a3 = a2 + lda;
    int c1 = c0 + ldc, c2 = c1 + ldc, c3 = c2 + ldc;
    double s00 = c[c0], s01 = c[c0 + 1], s02 = c[c0 + 2], s03 = c[c0 + 3];
    double s10 = c[c1], s11 = c[c1 + 1], s12 = c[c1 + 2], s13 = c[c1 + 3];
    double s20 = c[c2], s21 = c[c2 + 1], s22 = c[c2 + 2], s23 = c[c2 + 3];
    double s30 = c[c3], s31 = c[c3 + 1], s32 = c[c3 + 2], s33 = c[c3 + 3];
    for (int q = 0; q < k; q++) {
      long at = po + (long) q * ldp;
      double p0 = at(p, at), p1 = at(p, at + 1), p2 = at(p, at + 2), p3 = at(p, at + 3);
      double x = a[a0 + q];
      s00 += x * p0;
      s01 += x * p1;
      s02 += x * p2;
      s03 += x * p3;
      x = a[a1 + q];
      s10 += x * p0;
      s11 += x * p1;
      s12 += x * p2;
      s13 += x * p3;
      x = a[a2 + q];
      s20 += x * p0;
      s21 += x * p1;
      s22 += x * p2;
      s23 += x * p3;
      x = a[a3 + q];
      s30 += x * p0;
      s31 += x * p1;
      s32 += x * p2;
      s33 += x * p3;
    }
    store(c, c0, s00, s01, s02, s03);
    store(c, c1, s10, s11, s12, s13);
    store(c, c2, s20, s21, s22, s23);
    store(c, c3, s30, s31, s32, s33);
  }

  private static void row(
      int k, double[] a, int ao, MemorySegment p, long po, int ldp, double[] c, int co) {
    double s0 = c[co], s1 = c[co + 1], s2 = c[co + 2], s3 = c[co + 3];
    for (int q = 0; q < k; q++) {
      long at = po + (long) q * ldp;
      double x = a[ao + q];
      s0 += x * at(p, at);
      s1 += x * at(p, at + 1);
      s2 += x * at(p, at + 2);
      s3 += x * at(p, at + 3);
    }
    store(c, co, s0, s1, s2, s3);
  }

  private static void element(
      int k, double[] a, int ao, MemorySegment p, long po, int ldp, double[] c, int co) {
    double s = c[co];
    for (int q = 0; q < k; q++) {
      s += a[ao + q] * at(p, po + (long) q * ldp);
    }
    c[co] = s;
  }

  private static double at(MemorySegment p, long i) {
    return p.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
  }

  private static void store(double[] c, int at, double s0, double s1, double s2, double s3) {
    c[at] = s0;
    c[at + 1] = s1;
    c[at + 2] = s2;
    c[at + 3] = s3;
  }
}
