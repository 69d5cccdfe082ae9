package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.interop.Safetensors;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.models.ModelFile;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
              "model.safetensors", "options", "metrics.csv", "result.txt", "checkpoints");
    }
    assertThat(run.resolve("metrics.csv")).content().hasLineCount(1 + 8 + 8); // and validations
    assertThat(run.resolve("result.txt")).content().contains("bits per character", "this model ");
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
    byte[] a = Files.readAllBytes(folder.resolve("a/model.safetensors"));
    assertThat(Files.readAllBytes(folder.resolve("b/model.safetensors"))).isEqualTo(a);
    assertThat(Files.readAllBytes(folder.resolve("c/model.safetensors"))).isNotEqualTo(a);
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
        "[tokenPieces] 4 pieces of 1 x 999 tokens require a text of at least 3997 tokens; it has"
            + " 1998");
    refused(
        train("x", "--valid", "1.5"),
        "--valid: expected a path or a fraction between 0 and 1, got 1.5");
    refused(
        train("x", "--dropout", "1"),
        "[dropout] expected a rate of at least 0 and below 1, got 1.0");
    refused(
        train("x", "--unit", "letters"),
        "Invalid value for option '--unit': expected one of [CHARACTERS, WORDS]"
            + " (case-insensitive) but was 'letters'");
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
        none + " is not the folder of a run: it lacks " + none.resolve("model.safetensors"));
    train("run");
    Path run = folder.resolve("run");
    String[] generate = {"generate", "--model", run.toString(), "--prompt", "x"};
    refused(
        run("generate", "--model", run.toString(), "--prompt", ""),
        "--prompt must have at least one character");
    Path model = run.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(model);
    Files.write(model, Arrays.copyOf(whole, whole.length - 1));
    assertThat(run(generate).err()).startsWith("unroll: " + model + " has ").hasLineCount(1);
    Map<String, Tensor> foreign = Map.of("w", Tensor.scalar(DType.FLOAT32, 1));
    new Safetensors(foreign, Map.of()).write(model);
    refused(
        run(generate),
        model + ": [model] expected a file of ModelFile.write, got one without \"unroll.format\"");
    ModelFile.of(Embedding.of(2, 2, Init.seed(1))).with("tokenizer", "words").write(model);
    refused(run(generate), "[model] there is no part \"vocabulary\"; there are [tokenizer]");
    Files.delete(model);
    refused(run(generate), run + " is not the folder of a run: it lacks " + model);
  }

  @Test
  void aTrainingThatDivergesSaysWhereAndNamesTheLastGoodCheckpoint() {
    Run o = train("run", "--learning-rate", "1e38", "--checkpoint", "1");
    assertThat(o.status()).isEqualTo(2);
    assertThat(o.err().lines().toList().getLast())
        .startsWith("unroll: [trainer] step ")
        .contains("[anomaly] ", "; applied at ")
        .endsWith("; the last good checkpoint is " + folder.resolve("run/checkpoints/last-1"));
  }

  @Test
  void aRunCanBeExtended() throws IOException {
    train("parts", "--steps", "3");
    String parts = folder.resolve("parts").toString();
    Run o = run("train", "--resume", parts, "--steps", "8");
    assertThat(o.status()).as(o.err()).isZero();
    assertThat(o.out()).contains("resuming " + parts + " after step 3", "step 8 of 8, ");
    assertThat(folder.resolve("parts/checkpoints/last-8")).isDirectory();
    assertThat(folder.resolve("parts/metrics.csv")).content().hasLineCount(1 + 8 + 8);
    assertThat(folder.resolve("parts/options")).content().contains("--steps=8\n");
  }

  @Test
  void theOptionsOfARunRepeatIt() throws IOException {
    train("a", "--dropout", "0.3", "--layers", "2", "--unit", "WORDS", "--seed", "9");
    Path a = folder.resolve("a");
    String again = folder.resolve("again").toString();
    run("train", "@" + a.resolve("options"), "--out", again).output();
    assertThat(folder.resolve("again/model.safetensors"))
        .hasSameBinaryContentAs(a.resolve("model.safetensors"));
    assertThat(folder.resolve("again/options")).hasSameTextualContentAs(a.resolve("options"));
  }

  @Test
  void wordsAreMeasuredByPerplexity() throws IOException {
    Path held = Files.writeString(folder.resolve("held"), " Apple <unk> \n others rose. \n");
    Run o = train("run", "--unit", "words", "--valid", held.toString(), "--vocabulary", "6");
    assertThat(o.output())
        .contains("text: " + text + ", 480 words (6 different); 6 more are held out")
        .containsPattern("loss [\\d.]+, perplexity [\\d.]+, [\\d,]+ tokens/s")
        .contains("on the text held out   perplexity");
    Run generated =
        run("generate", "--model", folder.resolve("run").toString(), "--prompt", "Apple fell,");
    assertThat(generated.output()).startsWith("Apple fell,").contains("\n");
    refused(
        train("x", "--valid", folder.resolve("none").toString()),
        folder.resolve("none") + ": there is no such file or folder");
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
        none + " is not the folder of a run: it lacks " + none.resolve("options"));
    Path options = folder.resolve("run/options");
    String whole = Files.readString(options);
    Files.writeString(options, whole.replace("--layers=1", "--layers=1000000000"));
    refused(
        run("train", "--resume", model),
        options
            + ": Invalid value for option '--layers': expected a whole number from 1 to 100, not"
            + " 1000000000");
    Files.writeString(options, "{}\n");
    refused(run("train", "--resume", model), options + ": Unmatched argument at index 0: '{}'");
    Files.writeString(text, "다른 주식이 올랐다. Apple fell, others rose.\n".repeat(60));
    Files.writeString(options, whole.replaceFirst("--learning-rate=.*", "--learning-rate=1e999"));
    refused(
        run("train", "--resume", model),
        "[optim] learningRate must be finite and at least 0, not Infinity");
  }

  @Test
  void aRunThatWasKilledAfterItsLastStepIsFinished() throws IOException {
    train("run");
    byte[] model = Files.readAllBytes(folder.resolve("run/model.safetensors"));
    Files.delete(folder.resolve("run/model.safetensors"));
    Files.delete(folder.resolve("run/result.txt"));
    Run o = run("train", "--resume", folder.resolve("run").toString());
    assertThat(o.status()).as(o.err()).isZero();
    assertThat(o.out()).contains("this model ", "saved ");
    assertThat(folder.resolve("run/model.safetensors")).hasBinaryContent(model);
    assertThat(folder.resolve("run/result.txt")).exists();
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
        .startsWith("unroll: " + metrics + ":3: expected a row of this log, got ")
        .hasLineCount(1);
    Files.delete(metrics);
    Files.createDirectory(metrics);
    assertThat(run("train", "--resume", model, "--steps", "99").err())
        .startsWith("unroll: " + metrics + ": cannot be read: ")
        .hasLineCount(1);
  }

  @Test
  void anExistingFolderIsNeverOverwritten() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    refused(train("run"), run + ": exists already; a run never overwrites, name another --out");
    assertThat(run).isEmptyDirectory();
  }
}
