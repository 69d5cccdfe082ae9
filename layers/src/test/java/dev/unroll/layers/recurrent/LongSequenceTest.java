package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sequence of 100,000 steps in a heap of 512 MB: {@link LongSequence} in a JVM of its own. */
@Tag("slow")
class LongSequenceTest {
  private record Outcome(int exit, String output) {}

  private static Outcome run(String memory) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String tests =
        Path.of(LongSequence.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolveSibling("test-classes")
            .toString();
    String path =
        String.join(
            File.pathSeparator,
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path"),
            tests);
    Process p =
        new ProcessBuilder(
                java,
                "-Xmx512m",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                path,
                LongSequence.class.getName(),
                "100000",
                memory)
            .redirectErrorStream(true)
            .start();
    String output = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(p.waitFor(), output);
  }

  @Test
  void oneStepOfTrainingSucceedsWithCheckpoints() throws Exception {
    Outcome o = run("checkpointed");
    assertThat(o.exit).as(o.output).isZero();
    assertThat(o.output).contains("checkpointed 100,000 steps: loss 0.0");
  }

  @Test
  void withoutThemItRunsOutOfMemoryAndNamesTheRemedy() throws Exception {
    Outcome o = run("kept");
    assertThat(o.exit).as(o.output).isNotZero();
    assertThat(o.output)
        .contains("OutOfMemoryError: [scan] out of memory after ")
        .contains(" of 100000 steps, all kept for the backward pass. Either recompute them: ")
        .contains(
            "checkpointed() on the scan or the unroll; or go back through fewer: a Truncation");
  }
}
