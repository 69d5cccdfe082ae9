package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.optim.Clipping;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Optimizers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.testing.Allocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streaming makes no garbage, and clipping no copies. */
class GarbageTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STEPS = 1000;

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru"})
  void aWarmSessionAllocatesNothing(String cell) {
    Init init = new Init(DType.FLOAT32, RandomKey.of(1));
    try (Session session = Unroll.of(Cells.named(cell, 8, 64, init)).open(1, DType.FLOAT32)) {
      float[] x = new float[8];
      float[] y = new float[64];
      // Compilers warm up beside the test, so that when they are done is not known beforehand.
      long least = Long.MAX_VALUE;
      Instant end = Instant.now().plus(PATIENCE);
      while (least >= STEPS && Instant.now().isBefore(end)) {
        long before = Allocation.bytes();
        steps(session, x, y);
        least = Math.min(least, Allocation.bytes() - before);
      }
      assertThat(least)
          .as("bytes allocated by %d steps, reading the counter included", STEPS)
          .isLessThan(STEPS);
    }
  }

  /** An update multiplies by the factor of a clipped gradient while it reads it. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam"})
  void aClippedUpdateCopiesNoGradient(String name) {
    Shape shape = Shape.of(500, 500);
    RandomKey key = RandomKey.of(2);
    Parameter p = new Parameter(key.normal(DType.FLOAT32, shape, 0, 1));
    Optimizer optimizer = Optimizers.named(name, Map.of("p", p));
    Map<Parameter, Gradient> gradients =
        Map.of(p, new Gradient.Dense(key.fold(1).normal(DType.FLOAT32, shape, 0, 1)));
    long plain = Long.MAX_VALUE;
    long clipped = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = Allocation.bytes();
      optimizer.update(gradients);
      plain = Math.min(plain, Allocation.bytes() - before);
      before = Allocation.bytes();
      Clipping.Clipped once = Clipping.globalNorm(gradients, 0.5);
      optimizer.update(Clipping.globalNorm(once.gradients(), 0.25).gradients());
      clipped = Math.min(clipped, Allocation.bytes() - before);
    }
    // A copy of the gradient would be a million bytes.
    assertThat(plain).isLessThan(100_000);
    assertThat(clipped).isLessThan(plain + 20_000);
  }

  private static void steps(Session session, float[] x, float[] y) {
    for (int i = 0; i < STEPS; i++) {
      session.step(x, y);
    }
  }
}
