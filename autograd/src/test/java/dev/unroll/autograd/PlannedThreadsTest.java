package dev.unroll.autograd;

import static dev.unroll.autograd.Compared.input;
import static dev.unroll.autograd.Compared.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.JavaProcess;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Any number of threads gives a planned scan the bits that one thread gives. */
final class PlannedThreadsTest {
  private static final int N = 64;
  private static final int T = 50;

  /** Prints what each of some cells computes: planned, and compared with the steps one by one. */
  static final class Bits {
    private Bits() {}

    static void main() {
      Parameter w = weight(1, N, N);
      List<UnaryOperator<Variable>> reads =
          List.of(
              h -> h.permute(1, 0),
              h -> h.permute(1, 0).matmul(w).mul(0.1),
              h -> Variable.concat(0, h.slice(0, 1, N), h.slice(0, 0, 1)),
              h -> h.slice(0, 0, 1),
              h -> h.slice(1, 0, 1).permute(1, 0),
              h -> h.matmul(w).mul(0.1),
              h -> h.permute(1, 0).sumTo(dev.unroll.tensor.Shape.of(N, 1)).mul(0.1));
      for (UnaryOperator<Variable> f : reads) {
        Compared c =
            new Compared(
                (in, s, time) -> {
                  Variable h = in.get(0).add(f.apply(s.get(0))).tanh();
                  return new Scan.Result(List.of(h), List.of(h));
                },
                List.of(input(2, T, N, N)),
                List.of(input(3, N, N)),
                List.of(w));
        List<Tensor> planned = c.run(Scan.forward());
        List<Tensor> eager = c.run(Scan.forward().eager());
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < planned.size(); i++) {
          double[] a = planned.get(i).to(DType.FLOAT64).toDoubles();
          double[] b = eager.get(i).to(DType.FLOAT64).toDoubles();
          double most = 0;
          for (int k = 0; k < a.length; k++) {
            most = Math.max(most, Math.abs(a[k] - b[k]) / (1 + Math.abs(b[k])));
          }
          line.append(Arrays.hashCode(a)).append(most < 1e-9 ? " equal " : " differs ");
        }
        IO.println(line);
      }
    }
  }

  @Test
  void equalBits() throws Exception {
    List<String> one = run(1);
    assertThat(one).hasSize(7).noneMatch(l -> l.contains("differs"));
    for (int threads : new int[] {2, 3, 8}) {
      assertThat(run(threads)).as("%s threads", threads).isEqualTo(one);
    }
  }

  private static List<String> run(int threads) throws IOException, InterruptedException {
    String out = JavaProcess.of(Bits.class, "-Ddev.unroll.threads=" + threads).output();
    return out.lines().toList();
  }
}
