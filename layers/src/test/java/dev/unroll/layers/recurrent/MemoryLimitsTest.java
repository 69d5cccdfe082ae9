package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.JavaProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Memory of many threads and many models, in JVMs with small heaps. */
class MemoryLimitsTest {
  private static String run(Class<?> main, int n, String... options) throws Exception {
    return JavaProcess.of(main, options).output(String.valueOf(n));
  }

  @Test
  void scratchMemoryDoesNotGrowWithVirtualThreads() throws Exception {
    assertThat(run(ManyThreads.class, 2_000, "-Xmx96m")).contains("2000 of 2000 are right");
  }

  @Test
  @Tag("slow")
  void tenThousandVirtualThreadsPredict() throws Exception {
    assertThat(run(ManyThreads.class, 10_000, "-Xmx1g")).contains("10000 of 10000 are right");
  }

  @Test
  void droppedModelsDoNotExhaustNativeMemory() throws Exception {
    assertThat(
            run(
                DiscardedModels.class,
                150,
                "-XX:MaxDirectMemorySize=16m",
                "-XX:+DisableExplicitGC"))
        .contains("150 of 150 are right");
  }

  @Test
  @Tag("slow")
  void tenThousandModelsAreMadeAndDropped() throws Exception {
    assertThat(
            run(
                DiscardedModels.class,
                10_000,
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+DisableExplicitGC"))
        .contains("10000 of 10000 are right");
  }
}
