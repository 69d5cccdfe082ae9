package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.JavaProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sequence of 100,000 steps in a heap of 512 MB: {@link LongSequence} in a JVM of its own. */
@Tag("slow")
class LongSequenceTest {
  private static JavaProcess.Outcome run(String memory) throws Exception {
    return JavaProcess.of(LongSequence.class, "-Xmx512m").run("100000", memory);
  }

  @Test
  void oneStepOfTrainingSucceedsWithCheckpoints() throws Exception {
    JavaProcess.Outcome o = run("checkpointed");
    assertThat(o.status()).as(o.output()).isZero();
    assertThat(o.output()).contains("checkpointed 100,000 steps: loss 0.0");
  }

  @Test
  void withoutThemItRunsOutOfMemoryAndNamesTheRemedy() throws Exception {
    JavaProcess.Outcome o = run("kept");
    assertThat(o.status()).as(o.output()).isNotZero();
    assertThat(o.output())
        .contains("OutOfMemoryError: [scan] out of memory after ")
        .contains(" of 100000 steps, all saved for the backward pass. Recompute them with ")
        .contains("checkpointed() on the scan or the unroll, limit them with a Truncation");
  }
}
