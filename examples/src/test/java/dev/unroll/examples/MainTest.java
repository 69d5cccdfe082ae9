package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.interop.Safetensors;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as its users meet it. */
class MainTest {
  private static final String NO_GUR =
      "expected one of " + String.join(", ", Cells.names()) + ", not gur; did you mean gru?";

  @TempDir Path folder;
  private Path text;

  @BeforeEach
  void writeText() throws IOException {
    text = folder.resolve("text.txt");
    Files.writeString(text, "다른 주식이 올랐다. Apple fell, others rose.\n".repeat(60));
  }

  private static Run run(String... args) {
    return Run.of(args);
  }

  private Run train(String out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("train", "--text", text.toString(), "--batch", "4"));
    args.addAll(List.of("--window", "16", "--hidden", "12", "--steps", "8"));
    args.addAll(List.of("--out", folder.resolve(out).toString()));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private static void refused(Run run, String message) {
    run.isRefused(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru", "rnn", "ugrnn"})
  void aTrainedModelContinuesTexts(String cell) throws IOException {
    Run trained = train("run", "--cell", cell);
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.out())
        .contains("step 8 of 8, ", "trigram ", "5-gram ", "this model ", "saved " + folder);
    Path run = folder.resolve("run");
    try (var files = Files.list(run)) {
      assertThat(files.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "weights.safetensors",
              "vocabulary.txt",
              "config.json",
              "metrics.csv",
              "loss.svg",
              "checkpoints");
    }
    assertThat(run.resolve("metrics.csv")).content().hasLineCount(9);
    String model = run.toString();
    Run one = run("generate", "--model", model, "--prompt", "다른", "--length", "30");
    assertThat(one.status()).isZero();
    assertThat(one.out()).startsWith("다른");
    assertThat(run("generate", "--model", model, "--prompt", "다른", "--length", "30").out())
        .isEqualTo(one.out());
  }

  @Test
  void theSameSeedGivesTheSameWeights() throws IOException {
    train("a", "--seed", "7");
    train("b", "--seed", "7");
    train("c", "--seed", "8");
    byte[] a = Files.readAllBytes(folder.resolve("a/weights.safetensors"));
    assertThat(Files.readAllBytes(folder.resolve("b/weights.safetensors"))).isEqualTo(a);
    assertThat(Files.readAllBytes(folder.resolve("c/weights.safetensors"))).isNotEqualTo(a);
  }

  @Test
  void whatCannotBeDoneIsSaidInOneSentence() throws IOException {
    refused(run(), "expected a command; list shows them");
    refused(run("trian"), "Unmatched argument at index 0: 'trian'; did you mean train?");
    refused(run("xyzzy"), "Unmatched argument at index 0: 'xyzzy'");
    refused(
        run("forecast", "--seasons=3"), "Unknown option: '--seasons=3'; did you mean --season?");
    refused(train("x", "--colour", "red"), "Unknown options: '--colour', 'red'");
    refused(
        train("x", "--threads", "1025"),
        "Invalid value for option '--threads': expected a whole number from 1 to 1024, not 1025");
    refused(train("x", "--cell", "gur"), "Invalid value for option '--cell': " + NO_GUR);
    refused(
        train("x", "--window", "999"),
        "[tokenStream] 4 rows of 999 tokens require a text of at least 3997 tokens; it has 1998");
    Path none = folder.resolve("none");
    refused(train("x", "--text", none.toString()), none + ": there is no such file or folder");
    Path blank = Files.writeString(folder.resolve("blank"), "\n \n");
    refused(train("x", "--text", blank.toString()), blank + ": the text is empty");
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xE9, 'b'});
    refused(train("x", "--text", latin.toString()), latin + ": byte 1 (0xe9) is not UTF-8");
    assertThat(folder.resolve("x")).doesNotExist();
    refused(
        train("blank/x"),
        blank + "/x: this folder cannot be created: " + blank + " is not a folder");
  }

  @Test
  void orderComparesABagOfWordsWithCells() {
    Run o = run("order", "--epochs", "1", "--hidden", "4", "--cells", "mgu");
    assertThat(o.status()).isZero();
    assertThat(o.out())
        .contains("960 pairs of sentences of the same words, 240 others are held out")
        .contains("Apple 빼고 다른 주식이 올랐다")
        .containsPattern("bag of words +0\\.5000 +0\\.5000")
        .containsPattern("mgu +\\d\\.\\d{4} +\\d\\.\\d{4}");
    refused(run("order", "--cells", "gur"), "Invalid value for option '--cells' (NAME): " + NO_GUR);
  }

  @Test
  void translateLearnsWithAndWithoutAttention() {
    Run o =
        run(
            "translate",
            "--steps",
            "2",
            "--hidden",
            "8",
            "--beam",
            "2",
            "--task",
            "reversal,dates",
            "--attention",
            "bahdanau,luong,none",
            "--out",
            folder.toString());
    assertThat(o.status()).isZero();
    for (String name : List.of("reversal-bahdanau", "reversal-luong", "dates-luong")) {
      Path picture = folder.resolve("attention-" + name + ".svg");
      assertThat(picture).content().contains("<svg");
      assertThat(o.out()).contains(name + ": 0.0% of 1,000 unseen inputs", "drawn " + picture);
    }
    assertThat(o.out()).contains("dates-none: 0.0% of 1,000 unseen inputs");
    assertThat(folder.resolve("attention-dates-none.svg")).doesNotExist();
    assertThat(run("translate", "--task", "sums").err())
        .contains("expected one of [reversal, dates, numbers] (case-insensitive) but was 'sums'");
  }

  @Test
  void foldersThatAreNoRunAreRefused() throws IOException {
    Path none = folder.resolve("none");
    refused(
        run("generate", "--model", none.toString(), "--prompt", "x"),
        none + " is not the folder of a run: it lacks " + none);
    train("run");
    Path run = folder.resolve("run");
    String[] generate = {"generate", "--model", run.toString(), "--prompt", "x"};
    refused(
        run("generate", "--model", run.toString(), "--prompt", ""),
        "--prompt must have at least one character");
    Path weights = run.resolve("weights.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length - 1));
    assertThat(run(generate).err()).startsWith("unroll: " + weights + " has ").hasLineCount(1);
    Map<String, Tensor> foreign = Map.of("w", Tensor.scalar(DType.FLOAT32, 1));
    new Safetensors(foreign, Map.of()).write(weights);
    refused(run(generate), weights + ": [languageModel] \"cell\" is missing; given []");
    Files.write(weights, whole);
    Path vocabulary = run.resolve("vocabulary.txt");
    List<String> lines = new ArrayList<>(Files.readAllLines(vocabulary));
    Collections.swap(lines, 1, 2); // The counts may be equal, the ids are exchanged.
    Files.write(vocabulary, lines);
    assertThat(run(generate).err())
        .startsWith(
            "unroll: "
                + vocabulary
                + ": [vocabulary] expected the vocabulary that the weights were trained with")
        .contains("; the weights are " + weights)
        .hasLineCount(1);
    Files.delete(vocabulary);
    refused(run(generate), run + " is not the folder of a run: it lacks " + vocabulary);
  }

  @Test
  void aTrainingThatDivergesSaysWhereAndNamesTheLastGoodCheckpoint() {
    Run o = train("run", "--learning-rate", "1e38", "--checkpoint", "1");
    assertThat(o.status()).isEqualTo(2);
    assertThat(o.err())
        .startsWith("unroll: [trainer] step ")
        .contains("[anomaly] ", "; applied at ")
        .endsWith(
            "; the last good checkpoint is "
                + folder.resolve("run/checkpoints/last-1")
                + System.lineSeparator())
        .hasLineCount(1);
  }

  @Test
  void aRunGoesOnAsIfItHadNeverStopped() throws IOException {
    train("whole");
    train("parts", "--steps", "3");
    String parts = folder.resolve("parts").toString();
    Run o = run("train", "--resume", parts, "--steps", "8");
    assertThat(o.status()).as(o.err()).isZero();
    assertThat(o.out()).contains("resuming " + parts + " after step 3", "step 8 of 8, ");
    for (String file : List.of("weights.safetensors", "checkpoints/last-8/training.safetensors")) {
      assertThat(folder.resolve("parts").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
    assertThat(folder.resolve("parts/metrics.csv")).content().hasLineCount(9);
    assertThat(RunConfig.read(folder.resolve("parts/config.json")).steps()).isEqualTo(8);
  }

  @Test
  void whatCannotBeResumedIsSaidInOneSentence() throws IOException {
    train("run");
    String model = folder.resolve("run").toString();
    refused(
        run("train", "--resume", model), model + " has made its 8 steps; --steps asks for more");
    refused(
        run("train", "--resume", model, "--cell", "gru"),
        "--cell is part of the run and cannot be given with --resume");
    Files.writeString(text, "another text\n".repeat(200));
    refused(
        run("train", "--resume", model, "--steps", "9"),
        text + ": the text has changed since the run began");
    Path none = folder.resolve("none");
    refused(
        run("train", "--resume", none.toString()),
        none + " is not the folder of a run: it lacks " + none.resolve("config.json"));
    Path config = folder.resolve("run/config.json");
    String whole = Files.readString(config);
    Files.writeString(config, "{\"cell\":\n 5");
    refused(run("train", "--resume", model), config + ":2: is not JSON");
    Files.writeString(config, whole.replace("\"layers\" : 1,", ""));
    assertThat(run("train", "--resume", model).err())
        .startsWith("unroll: " + config + ": expected the configuration of a run: an object with [")
        .hasLineCount(1);
    Files.writeString(config, whole.replace("\"layers\" : 1", "\"layers\" : 1000000000"));
    refused(
        run("train", "--resume", model),
        config + ": layers: expected a whole number from 1 to 100, not 1000000000");
    Files.writeString(config, whole.replace("\"layers\" : 1", "\"layers\" : \"many\""));
    refused(run("train", "--resume", model), config + ": layers is of another type than expected");
    Files.writeString(
        config, whole.replaceFirst("\"learningRate\" : [^,]+", "\"learningRate\" : 1e999"));
    refused(run("train", "--resume", model), config + ": learningRate: expected a finite number");
  }

  @Test
  void aRunThatWasKilledAfterItsLastStepIsFinished() throws IOException {
    train("run");
    byte[] weights = Files.readAllBytes(folder.resolve("run/weights.safetensors"));
    Files.delete(folder.resolve("run/weights.safetensors"));
    Files.delete(folder.resolve("run/loss.svg"));
    Run o = run("train", "--resume", folder.resolve("run").toString());
    assertThat(o.status()).as(o.err()).isZero();
    assertThat(o.out()).contains("this model ", "saved ");
    assertThat(folder.resolve("run/weights.safetensors")).hasBinaryContent(weights);
    assertThat(folder.resolve("run/loss.svg")).exists();
  }

  @Test
  void damagedMetricsAreNamedWithTheirLine() throws IOException {
    train("run");
    Path metrics = folder.resolve("run/metrics.csv");
    String model = folder.resolve("run").toString();
    List<String> lines = Files.readAllLines(metrics);
    List<String> damaged = new ArrayList<>(lines);
    damaged.set(2, "x" + damaged.get(2));
    Files.write(metrics, damaged);
    assertThat(run("train", "--resume", model, "--steps", "99").err())
        .startsWith("unroll: " + metrics + ":3: expected step,tokens,seconds")
        .hasLineCount(1);
    Files.delete(metrics);
    Files.createDirectory(metrics);
    assertThat(run("train", "--resume", model, "--steps", "99").err())
        .startsWith("unroll: " + metrics + ": cannot be read: ")
        .hasLineCount(1);
  }

  @Test
  void aRunThatWasKilledStillPredicts() throws IOException {
    train("run");
    Files.delete(folder.resolve("run/weights.safetensors"));
    Path run = folder.resolve("run");
    assertThat(run("generate", "--model", run.toString(), "--prompt", "x").status()).isZero();
  }

  @Test
  void anExistingFolderIsNeverOverwritten() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    refused(train("run"), run + ": exists already; a run never overwrites, name another --out");
    assertThat(run).isEmptyDirectory();
  }
}
