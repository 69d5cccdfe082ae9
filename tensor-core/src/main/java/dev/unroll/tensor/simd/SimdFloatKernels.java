package dev.unroll.tensor.simd;

import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Vector kernels over {@code float[]}. */
final class SimdFloatKernels implements Kernels<float[]> {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = S.length();
  private final FloatElementwise elementwise = new FloatElementwise();

  @Override
  public void elementwise(
      Instruction i,
      int n,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      float[] out,
      int oo) {
    elementwise.of(i.code()).run(i, n, a, ao, b, bo, c, co, out, oo);
  }

  @Override
  public int pairWidth() {
    return 2 * L;
  }

  @Override
  public void pack(
      int k,
      int columns,
      float[] b,
      int bo,
      int rowStride,
      int columnStride,
      MemorySegment panels,
      long po) {
    FloatPanels.pack(k, columns, b, bo, rowStride, columnStride, panels, po);
  }

  @Override
  public void transpose(
      int rows, int columns, float[] a, int ao, int lda, float[] out, int oo, int ldo) {
    FloatTranspose.transpose(rows, columns, a, ao, lda, out, oo, ldo);
  }

  @Override
  public void product(
      int m,
      int k,
      float[] a,
      int ao,
      MemorySegment panels,
      long po,
      long step,
      float[] c,
      int co,
      int ldc,
      int columns) {
    int w = pairWidth();
    int whole = columns / w;
    long from = po * Float.BYTES;
    long half = step * Float.BYTES;
    FloatProduct.pairs(whole, m, k, a, ao, panels, from, half, c, co, ldc);
    int rest = columns - whole * w;
    if (rest == 0) {
      return;
    }
    float[] last = new float[m * w];
    int to = co + whole * w;
    for (int i = 0; i < m; i++) {
      System.arraycopy(c, to + i * ldc, last, i * w, rest);
    }
    FloatProduct.pairs(1, m, k, a, ao, panels, from + 2L * whole * half, half, last, 0, w);
    for (int i = 0; i < m; i++) {
      System.arraycopy(last, i * w, c, to + i * ldc, rest);
    }
  }

  @Override
  public void productInPlace(
      int m,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc,
      int columns) {
    int n = columns / pairWidth();
    FloatProductInPlace.panels(n, m, k, a, ao, lda, b, bo, ldb, c, co, ldc);
  }

  @Override
  public double sum(int n, float[] x, int xo) {
    FloatVector s = FloatVector.zero(S);
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      s = s.add(FloatVector.fromArray(S, x, xo + k));
    }
    double total = Lanes.sum(s);
    for (; k < n; k++) {
      total += x[xo + k];
    }
    return total;
  }

  @Override
  public double sumOfSquares(int n, float[] x, int xo) {
    // In double: the square of a float may be larger than any float.
    DoubleVector s = DoubleVector.zero(Species.DOUBLE);
    int k = 0;
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + k);
      Vector<Double> a = v.convertShape(VectorOperators.F2D, Species.DOUBLE, 0);
      Vector<Double> b = v.convertShape(VectorOperators.F2D, Species.DOUBLE, 1);
      s = s.add(a.mul(a)).add(b.mul(b));
    }
    double total = Lanes.sum(s);
    for (; k < n; k++) {
      total += (double) x[xo + k] * x[xo + k];
    }
    return total;
  }

  @Override
  public double max(int n, float[] x, int xo) {
    // Four at a time: one maximum waits for the one before. By compare and blend, which lose NaN:
    // max takes three times the instructions.
    FloatVector s0 = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY), s1 = s0, s2 = s0, s3 = s0;
    int k = 0;
    for (int lim = n - 4 * L + 1; k < lim; k += 4 * L) {
      FloatVector v0 = FloatVector.fromArray(S, x, xo + k);
      FloatVector v1 = FloatVector.fromArray(S, x, xo + k + L);
      FloatVector v2 = FloatVector.fromArray(S, x, xo + k + 2 * L);
      FloatVector v3 = FloatVector.fromArray(S, x, xo + k + 3 * L);
      s0 = s0.blend(v0, v0.compare(VectorOperators.GT, s0));
      s1 = s1.blend(v1, v1.compare(VectorOperators.GT, s1));
      s2 = s2.blend(v2, v2.compare(VectorOperators.GT, s2));
      s3 = s3.blend(v3, v3.compare(VectorOperators.GT, s3));
    }
    for (int lim = n - L + 1; k < lim; k += L) {
      FloatVector v0 = FloatVector.fromArray(S, x, xo + k);
      s0 = s0.blend(v0, v0.compare(VectorOperators.GT, s0));
    }
    float m = Lanes.max(s0.max(s1).max(s2.max(s3)));
    for (; k < n; k++) {
      m = x[xo + k] > m ? x[xo + k] : m;
    }
    return m;
  }

  @Override
  public double expSum(int n, float[] x, int xo, double shift, float[] out, int oo) {
    return FloatFunctions.expSum(n, x, xo, (float) shift, out, oo);
  }
}
