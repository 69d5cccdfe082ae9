package dev.unroll.benchmarks;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.kernel.Floats;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;
import dev.unroll.tensor.kernel.Selection;
import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.util.function.Supplier;

/**
 * A lower bound for W8: its products, forward and backward, with prepacked weights, and its five
 * activations in the forward pass, over preallocated arrays. The normalizations, all other
 * elementwise work and the backward pass of the activations are not included.
 */
final class Floor implements Supplier<Object> {
  private static final int SIZE = 256;
  private static final int GATES = 3 * SIZE;
  private static final int BATCH = 32;
  private static final int STEPS = 64;
  private static final int ROWS = BATCH * STEPS;

  private final Floats e = Floats.INSTANCE;
  private final Kernels<float[]> kernels = Selection.float32();
  private final float[] x = Operands.normal(DType.FLOAT32, 1, ROWS, SIZE).toFloats();
  private final float[] z = Operands.normal(DType.FLOAT32, 2, ROWS, GATES).toFloats();
  private final float[] sums = new float[ROWS * GATES];
  private final float[] states = new float[ROWS * SIZE];
  private final float[] weight = new float[SIZE * GATES];
  private final Right.Packed<float[]> forward;
  private final Right.Packed<float[]> backward;

  private Floor() {
    float[] w = Operands.normal(DType.FLOAT32, 3, SIZE, GATES).toFloats();
    Matrix<float[]> plain = new Matrix<>(w, 0, GATES, 1);
    forward = Product.pack(e, SIZE, GATES, plain);
    backward = Product.pack(e, GATES, SIZE, plain.transposed());
  }

  static Workload workload() {
    double amount = RecurrentLayers.operations(SIZE, BATCH, STEPS, 3);
    return new Workload("W8-floor", Unit.GFLOPS, amount, () -> new Floor());
  }

  @Override
  public Object get() {
    Product.run(e, ROWS, x, 0, SIZE, 1, forward, sums, 0, GATES); // x W
    for (int t = 0; t < STEPS; t++) {
      int row = t * BATCH;
      Product.run(e, BATCH, x, row * SIZE, SIZE, 1, forward, sums, row * GATES, GATES); // h U
      activations(row * SIZE);
    }
    for (int t = STEPS - 1; t >= 0; t--) {
      int row = t * BATCH;
      Product.run(e, BATCH, z, row * GATES, GATES, 1, backward, states, row * SIZE, SIZE); // dz U'
    }
    Product.run(e, ROWS, z, 0, GATES, 1, backward, states, 0, SIZE); // dz W'
    gradient(); // of W
    gradient(); // of U
    return weight;
  }

  private void activations(int from) {
    int n = BATCH * SIZE;
    for (Code code : new Code[] {Code.SIGMOID, Code.SIGMOID, Code.TANH, Code.TANH, Code.TANH}) {
      Instruction i = new Instruction(code, 0, -1, -1, 1, 0);
      kernels.elementwise(i, n, x, from, x, from, x, from, states, from);
    }
  }

  private void gradient() {
    Matrix<float[]> rows = new Matrix<>(x, 0, SIZE, 1);
    Matrix<float[]> dz = new Matrix<>(z, 0, GATES, 1);
    Matrix<float[]> sum = new Matrix<>(weight, 0, GATES, 1);
    Product.run(e, SIZE, GATES, ROWS, sum, rows.transposed(), dz, sum);
  }
}
