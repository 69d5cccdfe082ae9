package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.unroll.autograd.Session;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cells;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streaming makes no garbage. */
class GarbageTest {
  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru"})
  void aWarmSessionAllocatesNothing(String cell) {
    Init init = new Init(DType.FLOAT32, RandomKey.of(1));
    try (Session session =
        Unroll.of(Cells.named(cell).create(8, 64, init)).open(1, DType.FLOAT32)) {
      float[] x = new float[8];
      float[] y = new float[64];
      steps(session, x, y, 30_000);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      steps(session, x, y, 1000);
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(bytes).as("bytes allocated by 1,000 steps").isLessThan(1000);
    }
  }

  private static void steps(Session session, float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      session.step(x, y);
    }
  }
}
