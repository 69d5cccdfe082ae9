package dev.unroll.benchmarks;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Random;

/** Random operands. */
final class Operands {
  private Operands() {}

  /** Returns a tensor of standard normal numbers, the same for the same seed. */
  static Tensor normal(DType type, long seed, int... dims) {
    Random random = new Random(seed);
    Shape shape = Shape.of(dims);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Tensor.of(shape, values).to(type);
  }

  /** Returns ids below a limit, the same for the same seed. */
  static Tensor codes(int limit, long seed, int... dims) {
    Random random = new Random(seed);
    Shape shape = Shape.of(dims);
    return Tensor.of(shape, random.ints(shape.size(), 0, limit).toArray());
  }
}
