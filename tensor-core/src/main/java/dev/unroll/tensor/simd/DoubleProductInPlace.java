package dev.unroll.tensor.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernels of the double product for a right-hand side that was not packed: its rows lie
 * any distance apart. The compiler does not know that distance and checks bounds at every k, so
 * four rows are the most that is worth it (docs/kernels.md).
 */
final class DoubleProductInPlace {
  private static final VectorSpecies<Double> S = Species.DOUBLE;
  private static final int L = S.length();

  private DoubleProductInPlace() {}

  /** Runs over panels, each two vectors wide and next to the one before. */
  static void panels(
      int n,
      int m,
      int k,
      double[] a,
      int ao,
      int lda,
      double[] p,
      int po,
      int ldp,
      double[] c,
      int co,
      int ldc) {
    for (int j = 0; j < n; j++) {
      int from = po + j * 2 * L;
      int to = co + j * 2 * L;
      int i = 0;
      for (; i + 4 <= m; i += 4) {
        r4(k, a, ao + i * lda, lda, p, from, ldp, c, to + i * ldc, ldc);
      }
      for (; i + 2 <= m; i += 2) {
        r2(k, a, ao + i * lda, lda, p, from, ldp, c, to + i * ldc, ldc);
      }
      if (i < m) {
        r1(k, a, ao + i * lda, p, from, ldp, c, to + i * ldc);
      }
    }
  }

  private static void r1(
      int k, double[] a, int ao, double[] p, int po, int ldp, double[] c, int co) {
    int c0 = co;
    DoubleVector x0 = DoubleVector.fromArray(S, c, c0), y0 = DoubleVector.fromArray(S, c, c0 + L);
    int a0 = ao;
    for (int q = 0; q < k; q++) {
      DoubleVector u = DoubleVector.fromArray(S, p, po + q * ldp),
          v = DoubleVector.fromArray(S, p, po + q * ldp + L),
          w;
      w = DoubleVector.broadcast(S, a[a0 + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
  }

  private static void r2(
      int k,
      double[] a,
      int ao,
      int lda,
      double[] p,
      int po,
      int ldp,
      double[] c,
      int co,
      int ldc) {
    int c0 = co;
    DoubleVector x0 = DoubleVector.fromArray(S, c, c0), y0 = DoubleVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    DoubleVector x1 = DoubleVector.fromArray(S, c, c1), y1 = DoubleVector.fromArray(S, c, c1 + L);
    int a0 = ao;
    int a1 = ao + lda;
    for (int q = 0; q < k; q++) {
      DoubleVector u = DoubleVector.fromArray(S, p, po + q * ldp),
          v = DoubleVector.fromArray(S, p, po + q * ldp + L),
          w;
      w = DoubleVector.broadcast(S, a[a0 + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = DoubleVector.broadcast(S, a[a1 + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
    x1.intoArray(c, c1);
    y1.intoArray(c, c1 + L);
  }

  private static void r4(
      int k,
      double[] a,
      int ao,
      int lda,
      double[] p,
      int po,
      int ldp,
      double[] c,
      int co,
      int ldc) {
    int c0 = co;
    DoubleVector x0 = DoubleVector.fromArray(S, c, c0), y0 = DoubleVector.fromArray(S, c, c0 + L);
    int c1 = co + ldc;
    DoubleVector x1 = DoubleVector.fromArray(S, c, c1), y1 = DoubleVector.fromArray(S, c, c1 + L);
    int c2 = co + 2 * ldc;
    DoubleVector x2 = DoubleVector.fromArray(S, c, c2), y2 = DoubleVector.fromArray(S, c, c2 + L);
    int c3 = co + 3 * ldc;
    DoubleVector x3 = DoubleVector.fromArray(S, c, c3), y3 = DoubleVector.fromArray(S, c, c3 + L);
    int a0 = ao;
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    for (int q = 0; q < k; q++) {
      DoubleVector u = DoubleVector.fromArray(S, p, po + q * ldp),
          v = DoubleVector.fromArray(S, p, po + q * ldp + L),
          w;
      w = DoubleVector.broadcast(S, a[a0 + q]);
      x0 = w.fma(u, x0);
      y0 = w.fma(v, y0);
      w = DoubleVector.broadcast(S, a[a1 + q]);
      x1 = w.fma(u, x1);
      y1 = w.fma(v, y1);
      w = DoubleVector.broadcast(S, a[a2 + q]);
      x2 = w.fma(u, x2);
      y2 = w.fma(v, y2);
      w = DoubleVector.broadcast(S, a[a3 + q]);
      x3 = w.fma(u, x3);
      y3 = w.fma(v, y3);
    }
    x0.intoArray(c, c0);
    y0.intoArray(c, c0 + L);
    x1.intoArray(c, c1);
    y1.intoArray(c, c1 + L);
    x2.intoArray(c, c2);
    y2.intoArray(c, c2 + L);
    x3.intoArray(c, c3);
    y3.intoArray(c, c3 + L);
  }
}
