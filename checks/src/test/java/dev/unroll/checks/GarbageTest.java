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
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streaming makes no garbage. */
class GarbageTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STEPS = 1000;

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru"})
  void aWarmSessionAllocatesNothing(String cell) {
    Init init = new Init(DType.FLOAT32, RandomKey.of(1));
    try (Session session =
        Unroll.of(Cells.named(cell).create(8, 64, init)).open(1, DType.FLOAT32)) {
      float[] x = new float[8];
      float[] y = new float[64];
      // Compilers warm up beside the test, so that when they are done is not known beforehand.
      long least = Long.MAX_VALUE;
      Instant end = Instant.now().plus(PATIENCE);
      while (least >= STEPS && Instant.now().isBefore(end)) {
        long before = allocated();
        steps(session, x, y);
        least = Math.min(least, allocated() - before);
      }
      assertThat(least)
          .as("bytes allocated by %d steps, reading the counter included", STEPS)
          .isLessThan(STEPS);
    }
  }

  private static void steps(Session session, float[] x, float[] y) {
    for (int i = 0; i < STEPS; i++) {
      session.step(x, y);
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
