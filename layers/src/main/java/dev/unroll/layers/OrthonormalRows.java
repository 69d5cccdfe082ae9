package dev.unroll.layers;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;

/** Orthogonalizes random rows by the modified Gram-Schmidt process, twice because of rounding. */
final class OrthonormalRows {
  private OrthonormalRows() {}

  /** Returns a matrix {@code [size][size]}. */
  static double[][] of(int size, RandomKey key) {
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      double[] row = key.fold(i).normal(DType.FLOAT64, Shape.of(size), 0, 1).toDoubles();
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          subtract(row, rows[j], dot(row, rows[j]));
        }
      }
      double norm = Math.sqrt(dot(row, row));
      for (int k = 0; k < size; k++) {
        row[k] /= norm;
      }
      rows[i] = row;
    }
    return rows;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void subtract(double[] a, double[] b, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] -= factor * b[i];
    }
  }
}
