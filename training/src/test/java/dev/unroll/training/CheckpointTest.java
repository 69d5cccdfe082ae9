package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.unroll.data.TokenStream;
import dev.unroll.files.AtomicFolder;
import dev.unroll.interop.Safetensors;
import dev.unroll.layers.Init;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Plateau;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.JavaProcess;
import dev.unroll.testing.KilledProcesses;
import dev.unroll.testing.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that are damaged, mixed or another training's, and folders that are in use. */
class CheckpointTest {
  private static final int FLIPS = 100;

  /** What is logged where another process, which may not know its version, made the checkpoint. */
  private static final String OF_ANOTHER_VERSION =
      "(.*WARN .* was made with version unknown, this is .*\\R)?";

  @TempDir Path folder;
  private Path home;

  /** A training with everything that a checkpoint holds. */
  private static final class Run {
    final LanguageModel model;
    final TokenStream source = new TokenStream(text(401), 4, 9);
    final Optimizer optimizer;
    final Plateau schedule = new Plateau(1, 0.5);
    final Trainer trainer;

    Run(Path home, long seed) {
      model = LanguageModel.of(new LanguageModel.Config("gru", 5, 4, 6, 2), Init.seed(seed));
      optimizer = Optimizer.of(new Adam(0.01), model.parameters());
      trainer =
          new Trainer(model, new LanguageModeling(model), optimizer, source)
              .key(RandomKey.of(1))
              .average(0.9)
              .schedule(schedule)
              .validate(new TokenStream(text(101), 2, 10), 4, Metric.perplexity())
              .checkpoints(home, 3);
    }

    private static int[] text(int n) {
      return IntStream.range(0, n).map(i -> (i * i + i / 7) % 5).toArray();
    }

    /** Trains without the validation that ends a run. */
    void stopAt(long steps) throws IOException {
      trainer.listen(
          new Listener() {
            @Override
            public void onStep(TrainingStep step) {
              if (step.number() == steps) {
                trainer.stop();
              }
            }
          });
      trainer.run(steps + 1);
    }

    /** Returns everything that a resume could change, as text. */
    String state() {
      StringBuilder all = new StringBuilder();
      for (Map<String, Tensor> part :
          List.of(model.save(), optimizer.state(), schedule.state(), trainer.average().state())) {
        new TreeMap<>(part)
            .forEach((name, t) -> all.append(name).append(List.of(boxed(t.toDoubles()))));
      }
      return all + " " + source.position() + " " + trainer.steps() + " " + optimizer.updates();
    }

    private static Double[] boxed(double... values) {
      return java.util.Arrays.stream(values).boxed().toArray(Double[]::new);
    }
  }

  @BeforeEach
  void train() throws IOException {
    home = folder.resolve("체크포인트");
    new Run(home, 1).stopAt(6);
    assertThat(home.resolve("last-6")).isDirectory();
    assertThat(home.resolve("best-4")).isDirectory();
  }

  /** Fails unless a resume is refused, by this name, and changes nothing. */
  private void assertRefused(Path... names) throws IOException {
    for (Run run : List.of(new Run(home, 9), advanced())) {
      String before = run.state();
      Throwable refusal = catchThrowable(run.trainer::resume);
      assertThat(refusal).isInstanceOf(IOException.class).message().startsWith(home.toString());
      for (Path name : names) {
        assertThat(refusal).hasMessageContaining(name.toString());
      }
      assertThat(run.state()).isEqualTo(before);
    }
  }

  /** Returns a training that has a state of its own. */
  private Run advanced() throws IOException {
    Path elsewhere = Files.createTempDirectory("elsewhere");
    try {
      Run run = new Run(elsewhere, 5);
      run.trainer.run(2);
      run.trainer.checkpoints(home, 3);
      return run;
    } finally {
      AtomicFolder.delete(elsewhere);
    }
  }

  @Test
  void everyFlippedBitIsDetected() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Path> files;
    try (Stream<Path> all = Files.list(home.resolve("last-6"))) {
      files = all.toList();
    }
    assertThat(files).hasSize(4);
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < FLIPS; i++) {
        byte[] flipped = whole.clone();
        int bit = random.nextInt(8 * whole.length);
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, flipped);
        Run run = new Run(home, 9);
        String before = run.state();
        assertThatThrownBy(run.trainer::resume)
            .as("seed %d, bit %d of %s", seed, bit, file)
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith(home.resolve("last-6") + "/")
            .hasMessageEndingWith(
                "; the newest other intact one is "
                    + home.resolve("best-4")
                    + ": delete "
                    + home.resolve("last-6")
                    + " to resume from there");
        assertThat(run.state()).isEqualTo(before);
      }
      Files.write(file, whole);
    }
    assertThat(new Run(home, 9).trainer.resume()).isTrue();
  }

  @Test
  void thePreviousCheckpointIsResumedAfterADamagedOneIsDeleted() throws IOException {
    AtomicFolder.delete(home.resolve("last-6"));
    Run run = new Run(home, 9);
    assertThat(run.trainer.resume()).isTrue();
    assertThat(run.trainer.steps()).isEqualTo(4);
  }

  @Test
  void filesOfAnotherRunOrStepAreRefused() throws IOException {
    Path other = folder.resolve("other");
    new Run(other, 2).stopAt(6);
    for (String name : List.of("weights", "average", "training")) {
      Path file = home.resolve("last-6/" + name + ".safetensors");
      byte[] own = Files.readAllBytes(file);
      Files.write(file, Files.readAllBytes(other.resolve("last-6/" + name + ".safetensors")));
      assertRefused(file);
      Files.write(file, Files.readAllBytes(home.resolve("best-4/" + name + ".safetensors")));
      assertRefused(file);
      Files.delete(file);
      assertRefused(file);
      Files.write(file, own);
    }
    Path digest = home.resolve("last-6/" + CheckpointDigest.NAME);
    Files.delete(digest);
    assertRefused(digest);
  }

  @Test
  void aCheckpointUnderTheNameOfAnotherStepIsRefused() throws IOException {
    Files.move(home.resolve("last-6"), home.resolve("last-7"));
    assertRefused(home.resolve("last-7/" + CheckpointDigest.NAME));
  }

  /** Writes a consistent checkpoint with other contents. */
  private void assertForgedIsRefused(
      Map<String, String> facts, Map<String, Tensor> tensors, String... missing)
      throws IOException {
    Path last = home.resolve("last-6");
    Path file = last.resolve("training.safetensors");
    byte[] own = Files.readAllBytes(file);
    Safetensors read = Safetensors.read(file);
    Map<String, String> metadata = new LinkedHashMap<>(read.metadata());
    metadata.putAll(facts);
    Map<String, Tensor> all = new LinkedHashMap<>(read.tensors());
    all.putAll(tensors);
    for (String name : missing) {
      assertThat(metadata.remove(name) != null | all.remove(name) != null).as(name).isTrue();
    }
    new Safetensors(all, metadata).write(file);
    Files.delete(last.resolve(CheckpointDigest.NAME));
    CheckpointDigest.write(last, 6);
    assertRefused(file);
    Files.write(file, own);
    Files.delete(last.resolve(CheckpointDigest.NAME));
    CheckpointDigest.write(last, 6);
  }

  @Test
  void impossibleNumbersAndMissingEntriesAreRefused() throws IOException {
    for (String name : List.of("step", "position", "waited")) {
      for (String value :
          List.of(
              "-5",
              "9223372036854775807",
              "6.0",
              "",
              "NaN",
              "06",
              "+6",
              " 6",
              "\u0666",
              "\uff16")) {
        assertForgedIsRefused(Map.of(name, value), Map.of());
      }
    }
    assertForgedIsRefused(Map.of("step", "5"), Map.of());
    for (String value : List.of("x", "\u0661", "01")) {
      assertForgedIsRefused(Map.of("key", value), Map.of());
      assertForgedIsRefused(Map.of("best", value), Map.of());
    }
    for (String name :
        List.of(
            "step",
            "position",
            "key",
            "best",
            "waited",
            "metric",
            "optimizer",
            "source",
            "accumulated batches",
            "decay of averages",
            "carried/0",
            "optimizer/updates",
            "average/updates")) {
      assertForgedIsRefused(Map.of(), Map.of(), name);
    }
    Tensor x = Tensor.zeros(DType.FLOAT32, Shape.of(1));
    for (String name : List.of("x", "carried/x", "carried/7", "optimizer/x", "schedule/x")) {
      assertForgedIsRefused(Map.of(), Map.of(name, x));
    }
    for (String name : List.of("firstMoment", "secondMoment")) {
      String first = "optimizer/" + name + "/embedding.weight";
      Shape shape = new Run(home, 9).model.parameters().get("embedding.weight").shape();
      for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        Tensor t = Tensor.full(DType.FLOAT32, shape, bad);
        assertForgedIsRefused(Map.of(), Map.of(first, t));
      }
    }
    assertThat(new Run(home, 9).trainer.resume()).isTrue();
  }

  @Test
  void aDamagedCheckpointOfTheSameStepIsReplaced() throws IOException {
    Path weights = home.resolve("best-4/weights.safetensors");
    byte[] own = Files.readAllBytes(weights);
    AtomicFolder.delete(home.resolve("last-6"));
    AtomicFolder.delete(home.resolve("best-4"));
    new Run(home, 1).stopAt(3);
    Files.createDirectory(home.resolve("best-4")); // A deletion that was killed half way.
    Run run = new Run(home, 9);
    assertThatThrownBy(run.trainer::resume).hasMessageContaining(home.resolve("last-3").toString());
    Files.move(home.resolve("best-4"), folder.resolve("aside"));
    assertThat(run.trainer.resume()).isTrue();
    run.trainer.listen(
        new Listener() {
          @Override
          public void onStep(TrainingStep step) throws IOException {
            if (step.number() == 4) {
              Files.move(folder.resolve("aside"), home.resolve("best-4"));
            }
          }
        });
    run.trainer.run(4);
    assertThat(weights).hasBinaryContent(own);
  }

  @Test
  void aFolderInUseIsRefusedWithinTheProcess() throws IOException {
    Run run = new Run(home, 1);
    run.trainer.resume();
    List<String> refusals = new ArrayList<>();
    run.trainer.listen(
        new Listener() {
          @Override
          public void onStep(TrainingStep step) {
            if (step.number() < 9) {
              Run second = new Run(home, 1);
              refusals.add(catchThrowable(second.trainer::resume).getMessage());
              refusals.add(catchThrowable(() -> second.trainer.run(9)).getMessage());
            }
          }
        });
    run.trainer.run(9);
    assertThat(refusals)
        .hasSize(4)
        .allMatch(m ->
            m.matches(
                "\\Q"
                    + home
                    + "\\E: is in use by a run of process "
                    + ProcessHandle.current().pid()
                    + " \\(started [-0-9:.TZ]+\\), this process; only one may write there at a"
                    + " time"));
    assertThat(home.resolve(".lock")).doesNotExist();
    assertThat(new Run(home, 1).trainer.resume()).isTrue();
  }

  @Test
  void aRunThatAnotherHasOvertakenIsRefused() throws IOException {
    Run slow = new Run(home, 1);
    slow.trainer.resume();
    Run fast = new Run(home, 1);
    fast.trainer.resume();
    fast.trainer.run(9);
    assertThatThrownBy(() -> slow.trainer.run(12))
        .hasMessageContaining("the newest of step 9, this one is at step 6");
  }

  /** Resumes from the checkpoint of another process. */
  private static boolean resume(Run run) throws IOException {
    boolean[] resumed = {false};
    assertThat(Printed.toError(() -> resumed[0] = run.trainer.resume()))
        .matches(OF_ANOTHER_VERSION);
    return resumed[0];
  }

  @Test
  void aFolderInUseByAnotherProcessIsRefusedUntilThatIsKilled() throws Exception {
    Process p =
        new ProcessBuilder(JavaProcess.of(CheckpointTest.class).command(home.toString(), "7"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      while (new Checkpoints(home).newest().orElseThrow().step() < 8) {
        assertThat(p.isAlive()).isTrue();
        Thread.sleep(5);
      }
      Run second = new Run(home, 1);
      String before = second.state();
      // Between two runs the other process does not hold the folder: try until it does.
      Throwable refusal = null;
      for (int i = 0; i < 1000 && refusal == null; i++) {
        Run tried = second;
        refusal = catchThrowable(() -> resume(tried));
        second = refusal == null ? new Run(home, 1) : second;
      }
      assertThat(refusal)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              home + ": is in use by a run of process " + p.pid() + " (started ");
      assertThat(second.state()).isEqualTo(before);
    } finally {
      p.destroyForcibly().waitFor();
    }
    assertThat(resume(new Run(home, 1))).isTrue();
  }

  @Test
  void aLockOfADeadProcessDoesNotBlock() throws IOException {
    Files.writeString(home.resolve(".lock"), "process 1 (started 2020-01-01T00:00:00Z)");
    Run run = new Run(home, 1);
    assertThat(run.trainer.resume()).isTrue();
    Files.writeString(home.resolve(".lock"), "released");
    run.trainer.run(7);
    assertThat(home.resolve(".lock")).doesNotExist();
  }

  @Test
  void aPlantedLockIsNotFollowed() throws IOException {
    Path other = Files.writeString(folder.resolve("precious"), "precious");
    Files.createSymbolicLink(home.resolve(".lock"), other);
    assertThatThrownBy(new Run(home, 1).trainer::resume)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(home + ": cannot be locked: ");
    assertThat(other).hasContent("precious");
  }

  @Test
  void aFileInThePlaceOfTheFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> new Run(file, 1).trainer.run(3))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": cannot be created: it exists already");
  }

  /** Trains in a folder, a step and a checkpoint at a time. */
  public static void main(String... args) throws Exception {
    Trainer trainer = new Run(Path.of(args[0]), 1).trainer;
    trainer.checkpoints(Path.of(args[0]), 1);
    trainer.resume();
    KilledProcesses.save(args[1], trainer::run);
  }

  private void kill(int kills) throws Exception {
    Path run = folder.resolve("run");
    KilledProcesses.kill(
        JavaProcess.of(CheckpointTest.class, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        run,
        kills,
        () -> {
          var newest = new Checkpoints(run).newest().orElseThrow();
          newest.verify();
          return newest.step();
        });
    Run last = new Run(run, 1);
    resume(last);
    last.trainer.run(last.trainer.steps() + 3);
    try (Stream<Path> left = Files.list(run)) {
      assertThat(left).allMatch(p -> p.getFileName().toString().matches("(last|best)-\\d+"));
    }
  }

  @Test
  void killedProcessesLoseNoCheckpoint() throws Exception {
    kill(2);
  }

  @Test
  @Tag("slow")
  void manyKilledProcessesLoseNoCheckpoint() throws Exception {
    kill(200);
  }
}
