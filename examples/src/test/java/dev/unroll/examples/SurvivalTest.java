package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the machine does to a training: each ends in one clear message and a status. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SurvivalTest {
  @TempDir Path home;
  private Path run;

  @BeforeEach
  void writeText() throws IOException {
    run = home.resolve("run");
    Files.writeString(home.resolve("text"), "Apple fell, others rose.\n".repeat(200));
  }

  /** A training that would go on for long. */
  private Process train(String before, String... options) throws IOException {
    List<String> java = new ArrayList<>(JavaCommand.of(Main.class));
    java.addAll(List.of("train", "--text", home.resolve("text").toString(), "--steps", "1000000"));
    java.addAll(List.of("--hidden", "64", "--batch", "4", "--window", "16", "--checkpoint", "5"));
    java.addAll(List.of("--out", run.toString()));
    java.addAll(List.of(options));
    List<String> shell = new ArrayList<>(List.of("bash", "-c", before + " exec \"$@\"", "bash"));
    shell.addAll(java);
    return new ProcessBuilder(shell)
        .redirectError(home.resolve("err").toFile())
        .redirectOutput(home.resolve("out").toFile())
        .start();
  }

  private String said() throws IOException {
    try (Stream<String> lines = Files.lines(home.resolve("err"))) {
      return lines.filter(l -> !l.startsWith("WARN")).reduce("", (a, b) -> a + b + "\n");
    }
  }

  private void waitForCheckpoint(Process p) throws Exception {
    while (p.isAlive() && new RunFolder(run).checkpoints().newest().isEmpty()) {
      Thread.sleep(10);
    }
    assertThat(p.isAlive()).as(said()).isTrue();
  }

  @Test
  void aFullDiskIsSaidAndLeavesNothingHalfWritten() throws Exception {
    Process p = train("ulimit -f 60;");
    assertThat(p.waitFor()).as(said()).isEqualTo(2);
    assertThat(said())
        .startsWith("unroll: step 5 could not be saved: " + run.resolve("checkpoints"))
        .contains(": cannot be written: ")
        .endsWith("; there is no checkpoint\n")
        .hasLineCount(1);
    assertThat(run.resolve("checkpoints")).isEmptyDirectory();
  }

  @Test
  void aFolderThatVanishesIsNamed() throws Exception {
    Process p = train("");
    waitForCheckpoint(p);
    Path elsewhere = home.resolve("elsewhere");
    Files.move(run, elsewhere);
    assertThat(p.waitFor()).as(said()).isEqualTo(2);
    assertThat(said())
        .startsWith("unroll: ")
        .containsAnyOf(
            " could not be saved: " + run.resolve("checkpoints") + " is gone; ",
            run.resolve("model.safetensors") + ": cannot be written: ")
        .hasLineCount(1);
    assertThat(new RunFolder(elsewhere).checkpoints().newest()).isPresent();
  }

  @Test
  void sigtermSavesAndTheRunGoesOn() throws Exception {
    Process p = train("");
    waitForCheckpoint(p);
    p.destroy();
    assertThat(p.waitFor()).as(said()).isEqualTo(128 + 15);
    assertThat(home.resolve("out"))
        .content()
        .contains("interrupted after step ", "--resume continues");
    long made = new RunFolder(run).checkpoints().newest().orElseThrow().step();
    assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize((int) made + 1);
    String steps = String.valueOf(made + 2);
    assertThat(Run.of("train", "--resume", run.toString(), "--steps", steps).output())
        .contains("resuming");
    assertThat(run.resolve("checkpoints/last-" + steps)).isDirectory();
  }

  @Test
  void threeKillsLoseNothing() throws Exception {
    kill(3);
  }

  @Test
  @Tag("slow")
  void tenKillsLoseNothing() throws Exception {
    kill(10);
  }

  private static void kill(int times) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (KilledTrainings trainings = new KilledTrainings(Main.class, 120, 3)) {
      trainings.run(times, new PrintStream(out, true, StandardCharsets.UTF_8));
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(times + " kills, ")
        .contains(" ended with the bytes of the one that was never killed");
  }
}
