package dev.unroll.tensor.kernel;

import dev.unroll.tensor.simd.SimdKernelProvider;
import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

/** Prints the bits that each vector kernel gives after a number of calls. */
final class Bits {
  private static final int N = 77;
  private static final Kernels<float[]> KERNELS = new SimdKernelProvider().float32();

  private Bits() {}

  public static void main(String[] args) {
    int calls = Integer.parseInt(args[0]);
    for (Code code : Code.values()) {
      Instruction i = new Instruction(code, 0, 1, 2, 1.5, -0.5);
      float[] a = normal(1);
      float[] b = normal(2);
      float[] c = normal(3);
      float[] out = new float[N];
      for (int k = 0; k < calls; k++) {
        KERNELS.elementwise(i, N, a, 0, b, 0, c, 0, out, 0);
      }
      System.out.println(code + " " + Arrays.hashCode(out));
    }
    int w = KERNELS.pairWidth();
    float[] a = normal(1);
    MemorySegment panel = Panels.allocate(20L * w);
    panel.copyFrom(MemorySegment.ofArray(Arrays.copyOf(normal(2), 5 * w)));
    float[] rows = new float[13 * Kernels.ROW_DISTANCE];
    for (int i = 0; i < 13; i++) {
      System.arraycopy(a, 5 * i, rows, i * Kernels.ROW_DISTANCE, 5);
    }
    float[] c = new float[0];
    double sums = 0;
    float[] out = new float[N];
    for (int k = 0; k < calls; k++) {
      c = new float[13 * w];
      KERNELS.product(13, 5, rows, 0, panel, 0, 5 * w / 2, c, 0, w, w);
      sums =
          KERNELS.sum(N, a, 0)
              + KERNELS.sumOfSquares(N, a, 0)
              + KERNELS.max(N, a, 0)
              + KERNELS.expSum(N, a, 0, 1, out, 0);
    }
    System.out.println("product " + Arrays.hashCode(c));
    System.out.println("sums " + Double.doubleToLongBits(sums) + " " + Arrays.hashCode(out));
  }

  private static float[] normal(long seed) {
    Random random = new Random(seed);
    float[] x = new float[N];
    for (int i = 0; i < N; i++) {
      x[i] = (float) random.nextGaussian() * 3;
    }
    return x;
  }
}
