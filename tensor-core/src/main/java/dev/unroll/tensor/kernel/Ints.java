package dev.unroll.tensor.kernel;

import dev.unroll.tensor.spi.Kernels;
import java.util.Arrays;

/** Elements of {@code int[]}. */
public final class Ints extends Elements<int[]> {
  /** The only one: it has no state. */
  public static final Ints INSTANCE = new Ints();

  private Ints() {
    super(Integer.BYTES, int[]::new, a -> a.length);
  }

  @Override
  public double get(int[] a, int i) {
    return a[i];
  }

  @Override
  public void set(int[] a, int i, double value) {
    a[i] = (int) value;
  }

  @Override
  public void fill(int[] a, int from, int n, double value) {
    Arrays.fill(a, from, from + n, (int) value);
  }

  @Override
  public void copy(int n, int[] from, int at, int stride, int[] to, int target, int step) {
    if (stride == 1 && step == 1) {
      System.arraycopy(from, at, to, target, n);
    } else {
      for (int i = 0; i < n; i++) {
        to[target + i * step] = from[at + i * stride];
      }
    }
  }

  @Override
  public void add(int n, int[] from, int at, int[] to, int target) {
    for (int i = 0; i < n; i++) {
      to[target + i] += from[at + i];
    }
  }

  @Override
  public Kernels<int[]> kernels() {
    throw new IllegalArgumentException("arithmetic needs float32 or float64, not int32");
  }
}
