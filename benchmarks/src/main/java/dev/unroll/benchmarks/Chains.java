package dev.unroll.benchmarks;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.kernel.Selection;
import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A thousand additions of one parameter, forward and backward: the cost of recording, compared with
 * the same kernels over preallocated arrays.
 */
final class Chains {
  private static final int LENGTH = 1000;
  private static final int ROWS = 32;
  private static final int COLUMNS = 128;
  private static final int N = ROWS * COLUMNS;

  private Chains() {}

  static List<Workload> workloads() {
    return List.of(
        new Workload("autograd-chain-1000", Unit.MILLIS, 1, Chains::recorded),
        new Workload("autograd-chain-1000-by-hand", Unit.MILLIS, 1, Chains::byHand));
  }

  private static Supplier<Object> recorded() {
    Tensor x = Operands.normal(DType.FLOAT32, 1, ROWS, COLUMNS);
    Parameter p = new Parameter(x);
    Variable start = Variable.of(Operands.normal(DType.FLOAT32, 2, ROWS, COLUMNS));
    Buffers buffers =
        new Buffers(); // So that neither variant allocates arrays while it is measured.
    return () -> {
      try (Buffers.Scope scope = buffers.open()) {
        Variable v = start;
        for (int i = 0; i < LENGTH; i++) {
          v = v.add(p);
        }
        Gradient g = Gradients.of(v.sum(), List.of(p)).get(p);
        return g == null ? p : scope.keep(g.dense());
      }
    };
  }

  /** Adds into a separate array each time; the backward pass adds the gradient as often. */
  private static Supplier<Object> byHand() {
    Kernels<float[]> kernels = Selection.float32();
    Instruction add = new Instruction(Code.ADD, 0, 1, -1, 1, 0);
    float[] x = Operands.normal(DType.FLOAT32, 1, N).toFloats();
    float[] g = new float[N];
    float[][] forward = new float[LENGTH + 1][N];
    float[][] backward = new float[LENGTH + 1][N];
    return () -> {
      for (int i = 0; i < LENGTH; i++) {
        kernels.elementwise(add, N, forward[i], 0, x, 0, x, 0, forward[i + 1], 0);
      }
      Arrays.fill(g, 1);
      for (int i = 0; i < LENGTH; i++) {
        kernels.elementwise(add, N, backward[i], 0, g, 0, g, 0, backward[i + 1], 0);
      }
      return backward[LENGTH];
    };
  }
}
