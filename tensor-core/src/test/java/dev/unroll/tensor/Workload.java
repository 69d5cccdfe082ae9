package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Selection;
import dev.unroll.tensor.kernel.Team;
import dev.unroll.tensor.spi.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * One call of everything that is cut into parts, large enough to be cut. As a program it prints the
 * bits of each result, so that processes can be compared.
 */
public final class Workload {
  private static final RandomKey KEY = RandomKey.of(17);

  private Workload() {}

  static Map<String, Supplier<Tensor>> calls() {
    Map<String, Supplier<Tensor>> calls = new LinkedHashMap<>();
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
      add(calls, type);
    }
    return calls;
  }

  private static void add(Map<String, Supplier<Tensor>> calls, DType type) {
    Tensor a = KEY.fold(1).normal(type, Shape.of(170, 160), 0, 1);
    Tensor b = KEY.fold(2).normal(type, Shape.of(160, 160), 0, 1);
    Tensor wide = KEY.fold(3).normal(type, Shape.of(50, 1000), 0, 2);
    Tensor row = KEY.fold(4).normal(type, Shape.of(1000), 0, 2);
    Tensor g = KEY.fold(5).normal(type, Shape.of(50), 0, 1);
    int[] target = KEY.permutation(50);
    target[3] = Softmax.IGNORED;
    Tensor targets = Tensor.of(Shape.of(50), target);
    String t = type + " ";
    calls.put(t + "product", () -> a.matmul(b));
    calls.put(t + "product, transposed", () -> Matrices.product(a, true, a, false));
    calls.put(t + "batch", () -> a.reshape(10, 17, 160).matmul(b.reshape(1, 160, 160)));
    calls.put(t + "vector", () -> Vectors.timesMatrix(row, wide.transpose(0, 1)));
    calls.put(t + "program", () -> chain().run("chain", wide, row).getFirst());
    calls.put(t + "softmax", () -> Softmax.softmax(wide));
    calls.put(t + "log-softmax", () -> Softmax.logSoftmax(wide));
    calls.put(t + "loss", () -> Softmax.crossEntropy(wide, targets));
    calls.put(t + "loss gradient", () -> Softmax.losses(wide, targets, g).gradient());
    calls.put(t + "sum of rows", () -> Reduction.sum(wide, 0));
    calls.put(t + "sum of columns", () -> Reduction.sum(wide, 1));
    calls.put(t + "mean", () -> Reduction.mean(wide));
    calls.put(t + "max of rows", () -> Reduction.max(wide, 0));
    calls.put(t + "min of columns", () -> Reduction.min(wide, 1));
    calls.put(t + "squares", () -> Tensor.scalar(type, Reduction.sumOfSquares(wide)));
    calls.put(t + "cumulative", () -> Cumulative.sumFromEnd(wide, 0));
    calls.put(t + "normal", () -> KEY.normal(type, Shape.of(9000), 0, 1));
    calls.put(t + "truncated", () -> KEY.truncatedNormal(type, Shape.of(9000), 0, 1));
    calls.put(t + "concat", () -> Join.concat(1, List.of(wide, wide.flip(1))));
    calls.put(t + "pad", () -> Join.pad(wide, 0, 2, 60));
    calls.put(t + "top", () -> Ranking.topK(wide, 1, 5).values());
    calls.put(t + "scatter", () -> Rows.scatterAdd(a, Tensor.of(Shape.of(170), ids()), 40));
  }

  private static Program chain() {
    Program.Builder p = Program.inputs(2);
    int product = p.mul(p.apply(Code.SIGMOID, 0), p.apply(Code.TANH, 1));
    return p.results(p.add(p.apply(Code.EXP, product), p.apply(Code.SOFTPLUS, 0)));
  }

  private static int[] ids() {
    int[] ids = new int[170];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i * 7 % 40;
    }
    return ids;
  }

  /** Prints the kernels, the number of threads, and a checksum of the bits of each result. */
  public static void main(String... args) {
    System.out.println(
        Selection.provider().name() + " " + Selection.provider().vectorBits() + " " + Team.size());
    calls()
        .forEach((name, call) -> {
          CRC32 sum = new CRC32();
          for (double v : call.get().toDoubles()) {
            long bits = Double.doubleToRawLongBits(v);
            for (int i = 0; i < 64; i += 8) {
              sum.update((int) (bits >>> i));
            }
          }
          System.out.println(name + " " + Long.toHexString(sum.getValue()));
        });
  }
}
