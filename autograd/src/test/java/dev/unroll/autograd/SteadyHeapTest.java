package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Training holds on to nothing: after 100,000 steps the heap is what it was after 1,000. */
@Tag("slow")
class SteadyHeapTest {
  private static final RandomKey KEY = RandomKey.of(81);

  private final Parameter w = new Parameter(KEY.normal(DType.FLOAT32, Shape.of(8, 8), 0, 0.3));
  private final Parameter b = new Parameter(Tensor.zeros(DType.FLOAT32, Shape.of(8)));

  private void train(int from, int to) {
    for (int i = from; i < to; i++) {
      Variable x = Variable.of(KEY.fold(i).uniform(DType.FLOAT32, Shape.of(5, 4, 8), -1, 1));
      Variable zero = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(4, 8)));
      Scan.Result r =
          Scan.forward()
              .run(
                  (in, carried, time) -> {
                    Variable h = in.getFirst().add(carried.getFirst().matmul(w)).add(b).tanh();
                    return new Scan.Result(List.of(h), List.of(h));
                  },
                  List.of(x),
                  List.of(zero),
                  0);
      Variable loss = r.outputs().getFirst().sub(x).abs().mean();
      Gradients.of(loss, List.of(w, b))
          .forEach((p, g) -> p.update(p.value().add(g.scaled(-0.01).dense())));
    }
  }

  /** The bytes that are left when everything that nobody reaches is gone. */
  private static long used() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(50);
      Runtime r = Runtime.getRuntime();
      least = Math.min(least, r.totalMemory() - r.freeMemory());
    }
    return least;
  }

  @Test
  void heapIsTheSameAfterAThousandAndAHundredThousandSteps(TestReporter reporter) throws Exception {
    train(0, 1_000);
    long before = used();
    train(1_000, 100_000);
    long after = used();
    reporter.publishEntry(
        "heap in KB after 1,000 and 100,000 steps", (before >> 10) + ", " + (after >> 10));
    assertThat(w.value().toDoubles()).doesNotContain(Double.NaN);
    // Eleven bytes kept of each step would be seen.
    assertThat(after - before).isLessThan(1 << 20);
  }
}
