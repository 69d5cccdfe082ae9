package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What many threads and many models hold of memory, in JVMs that have little of it. */
class MemoryLimitsTest {
  private static String run(Class<?> main, int n, String... options) throws Exception {
    String tests =
        Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolveSibling("test-classes")
            .toString();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path"),
            tests));
    command.addAll(List.of(main.getName(), String.valueOf(n)));
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(p.waitFor()).as(output).isZero();
    return output;
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
            run(DroppedModels.class, 150, "-XX:MaxDirectMemorySize=16m", "-XX:+DisableExplicitGC"))
        .contains("150 of 150 are right");
  }

  @Test
  @Tag("slow")
  void tenThousandModelsAreMadeAndDropped() throws Exception {
    assertThat(
            run(
                DroppedModels.class,
                10_000,
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+DisableExplicitGC"))
        .contains("10000 of 10000 are right");
  }
}
