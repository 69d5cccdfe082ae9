package dev.unroll.tensor.kernel;

import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.util.Arrays;

/** Elements of {@code float[]}. */
public final class Floats extends Elements<float[]> {
  private static final Instruction SUM = new Instruction(Code.ADD, 0, 1, -1, 1, 0);

  /** The only one: it has no state. */
  public static final Floats INSTANCE = new Floats();

  private Floats() {
    super(Float.BYTES, float[]::new, a -> a.length);
  }

  @Override
  public double get(float[] a, int i) {
    return a[i];
  }

  @Override
  public void set(float[] a, int i, double value) {
    a[i] = (float) value;
  }

  @Override
  public void fill(float[] a, int from, int n, double value) {
    Arrays.fill(a, from, from + n, (float) value);
  }

  @Override
  public void copy(int n, float[] from, int at, int stride, float[] to, int target, int step) {
    if (stride == 1 && step == 1) {
      System.arraycopy(from, at, to, target, n);
    } else {
      for (int i = 0; i < n; i++) {
        to[target + i * step] = from[at + i * stride];
      }
    }
  }

  @Override
  public void add(int n, float[] from, int at, float[] to, int target) {
    // A loop would run element by element: the compiler does not know that the arrays differ.
    kernels().elementwise(SUM, n, to, target, from, at, to, target, to, target);
  }

  @Override
  public Kernels<float[]> kernels() {
    return Selection.float32();
  }
}
