package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Random;

/** Numbers for cells: the same in float64 as in float32. */
final class Data {
  private Data() {}

  static Tensor normal(DType type, long seed, int... dims) {
    Random random = new Random(seed);
    Shape shape = Shape.of(dims);
    float[] x = new float[shape.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (0.6 * random.nextGaussian());
    }
    return Tensor.of(shape, x).to(type);
  }

  /** Returns int32 numbers from {@code low} to {@code high}, exclusive. */
  static Tensor ids(long seed, int low, int high, int... dims) {
    Shape shape = Shape.of(dims);
    return Tensor.of(shape, new Random(seed).ints(shape.size(), low, high).toArray());
  }

  /** Returns 0 and 1: rows that end early or never begin, and rows with holes. */
  static Tensor mask(DType type, long seed, int steps, int batch) {
    Random random = new Random(seed);
    float[] x = new float[steps * batch];
    for (int b = 0; b < batch; b++) {
      boolean holes = random.nextInt(3) == 0;
      int length = random.nextInt(3) == 0 ? steps : random.nextInt(steps + 1);
      for (int t = 0; t < steps; t++) {
        x[t * batch + b] = t >= length || (holes && random.nextBoolean()) ? 0 : 1;
      }
    }
    return Tensor.of(Shape.of(steps, batch), x).to(type);
  }

  static Variable constant(DType type, long seed, int... dims) {
    return Variable.of(normal(type, seed, dims));
  }

  static Variable input(DType type, long seed, int... dims) {
    return Variable.input(normal(type, seed, dims));
  }

  static Parameter parameter(DType type, long seed, int... dims) {
    return new Parameter(normal(type, seed, dims));
  }
}
