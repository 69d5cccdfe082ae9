// Generated from Floats.java by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.kernel;

import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.util.Arrays;

/** Elements of {@code double[]}. */
public final class Doubles extends Elements<double[]> {
  private static final Instruction SUM = new Instruction(Code.ADD, 0, 1, -1, 1, 0);

  /** The only one: it has no state. */
  public static final Doubles INSTANCE = new Doubles();

  private Doubles() {
    super(Double.BYTES, double[]::new, a -> a.length);
  }

  @Override
  public double get(double[] a, int i) {
    return a[i];
  }

  @Override
  public void set(double[] a, int i, double value) {
    a[i] = value;
  }

  @Override
  public void fill(double[] a, int from, int n, double value) {
    Arrays.fill(a, from, from + n, value);
  }

  @Override
  public void copy(int n, double[] from, int at, int stride, double[] to, int target, int step) {
    if (stride == 1 && step == 1) {
      System.arraycopy(from, at, to, target, n);
    } else {
      for (int i = 0; i < n; i++) {
        to[target + i * step] = from[at + i * stride];
      }
    }
  }

  @Override
  public void add(int n, double[] from, int at, double[] to, int target) {
    // A loop would run element by element: the compiler does not know that the arrays differ.
    kernels().elementwise(SUM, n, to, target, from, at, to, target, to, target);
  }

  @Override
  public Kernels<double[]> kernels() {
    return Selection.float64();
  }
}
