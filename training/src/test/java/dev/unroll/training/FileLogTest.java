package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of updates and validations in a file. */
class FileLogTest {
  private static final String HEADER = "step,seconds,predictions,loss,norm,rateFactor";

  @TempDir Path home;

  private Path file() {
    return home.resolve("log");
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file());
  }

  private static TrainingStep step(long number, double loss) {
    return new TrainingStep(number, loss, 2, 32, 0.5);
  }

  /** Returns the lines without the times. */
  private List<String> untimed() throws IOException {
    return lines().stream().map(l -> l.replaceAll("\\d+\\.\\d{3}(,|})", "T$1")).toList();
  }

  @Test
  void csvHasARowPerUpdateAndPerValidation() throws IOException {
    FileLog log = FileLog.csv(file(), Metric.accuracy(), Metric.f1(1));
    log.onStart(0, 2);
    log.onStep(step(1, 0.75));
    log.onStep(step(2, Double.NaN));
    log.onValidation(2, Map.of("accuracy", 0.25, "other", 1.0), true);
    log.onEnd(2);
    assertThat(lines().getFirst()).isEqualTo(HEADER + ",accuracy,F1 of class 1");
    assertThat(lines().get(1)).matches("1,\\d+\\.\\d{3},32,0\\.75,2\\.0,0\\.5,,");
    assertThat(lines().get(2)).matches("2,\\d+\\.\\d{3},32,NaN,2\\.0,0\\.5,,");
    assertThat(lines().get(3)).matches("2,\\d+\\.\\d{3},,,,,0\\.25,");
    assertThat(lines()).hasSize(4);
  }

  @Test
  void jsonLinesHaveAnObjectPerUpdateAndPerValidation() throws IOException {
    FileLog log = FileLog.jsonLines(file());
    log.onStart(0, 2);
    log.onStep(step(1, 0.75));
    log.onStep(step(2, Double.NaN));
    log.onValidation(2, Map.of("a \"b\"\n\\", 0.25), true);
    log.onEnd(2);
    assertThat(lines().getFirst())
        .matches(
            "\\{\"step\":1,\"seconds\":\\d+\\.\\d{3},\"predictions\":32,\"loss\":0.75,\"norm\":2.0,"
                + "\"rateFactor\":0.5\\}");
    assertThat(lines().get(1)).contains("\"loss\":null,");
    assertThat(lines().get(2))
        .endsWith(",\"best\":true,\"metrics\":{\"a \\\"b\\\"\\u000a\\\\\":0.25}}");
  }

  @Test
  void rowsMayBeWrittenInIntervals() throws IOException {
    Line line = new Line(4);
    line.trainer
        .listen(FileLog.csv(file(), Metric.loss()).every(3))
        .validate(line.source, 4, Metric.loss())
        .run(8);
    assertThat(lines().stream().skip(1).map(l -> l.split(",")[0]))
        .containsExactly("3", "4", "6", "8");
  }

  @Test
  void aResumedRunDuplicatesNoRow() throws IOException {
    for (boolean json : new boolean[] {false, true}) {
      Path whole = home.resolve("whole " + json);
      Files.deleteIfExists(file());
      training(log(whole, json), home.resolve("a" + json)).run(13);
      training(log(file(), json), home.resolve("b" + json)).run(10);
      Trainer lost = training(log(file(), json), home.resolve("c" + json));
      lost.run(12); // From the beginning: a process whose checkpoint at 10 is all that is left.
      Files.writeString(file(), Files.readString(file()) + "{\"step\":13,\"sec");
      Trainer resumed = training(log(file(), json), home.resolve("b" + json));
      assertThat(resumed.resume()).isTrue();
      resumed.run(13);
      List<String> rows = untimed();
      Files.copy(whole, file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThat(rows).isEqualTo(untimed());
    }
  }

  private static FileLog log(Path file, boolean json) {
    return json ? FileLog.jsonLines(file) : FileLog.csv(file, Metric.loss());
  }

  private static Trainer training(FileLog log, Path home) {
    Line line = new Line(4);
    return line.trainer.validate(line.source, 5, Metric.loss()).checkpoints(home, 5).listen(log);
  }

  @Test
  void aLaterRunContinuesTheFile() throws IOException {
    Line line = new Line(4);
    line.trainer.listen(FileLog.jsonLines(file()));
    line.trainer.run(3);
    line.trainer.run(5);
    assertThat(lines()).hasSize(5);
    assertThat(lines().getLast()).startsWith("{\"step\":5,");
  }

  @Test
  void secondsContinue() throws IOException {
    Files.writeString(file(), HEADER + "\n1,500.000,32,1.0,1.0,1.0\n2,900.000,32,1.0,1.0,1.0\n");
    FileLog log = FileLog.csv(file());
    log.onStart(1, 2);
    log.onStep(step(2, 1));
    log.onEnd(2);
    assertThat(lines()).hasSize(3);
    assertThat(lines().getLast()).startsWith("2,500.");
  }

  @Test
  void anotherFileIsRefusedAndLeftAsItIs() throws IOException {
    for (String other :
        List.of("years of work", "years of work\n", HEADER + "\n1,2\n", HEADER + ",x\n", "{}\n")) {
      for (FileLog log : List.of(FileLog.csv(file()), FileLog.jsonLines(file()))) {
        Files.writeString(file(), other);
        Line line = new Line(4);
        assertThatThrownBy(() -> line.trainer.listen(log).run(3))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith(file() + ":")
            .hasMessageContaining(": expected ")
            .hasMessageEndingWith("; nothing was changed");
        assertThat(file()).hasContent(other);
        assertThat(line.trainer.steps()).isZero();
      }
    }
  }

  @Test
  void theFileIsClosedAndCompleteWhenARunThrows() throws IOException {
    Line line = new Line(4);
    line.trainer
        .listen(FileLog.csv(file()))
        .listen(
            new Listener() {
              @Override
              public void onStep(TrainingStep step) {
                if (step.number() == 2) {
                  throw new IllegalStateException("planted");
                }
              }
            });
    assertThatThrownBy(() -> line.trainer.run(3)).hasMessage("planted");
    assertThat(lines()).hasSize(3);
    line.trainer.run(4);
    assertThat(lines().stream().skip(1).map(l -> l.split(",")[0]))
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  void anInterruptedRunWritesItsRows() throws IOException {
    Line line = new Line(4);
    line.trainer
        .listen(
            new Listener() {
              @Override
              public void onStep(TrainingStep step) {
                if (step.number() == 2) {
                  Thread.currentThread().interrupt();
                }
              }
            })
        .listen(FileLog.csv(file()));
    assertThat(line.trainer.run(9).reason()).isEqualTo(Trainer.Reason.STOPPED);
    assertThat(line.trainer.run(9).reason())
        .as("still interrupted")
        .isEqualTo(Trainer.Reason.STOPPED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(lines()).hasSize(3);
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path missing = home.resolve("no/log");
    Line line = new Line(4);
    assertThatThrownBy(() -> line.trainer.listen(FileLog.csv(missing)).run(1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void argumentsAreChecked() {
    assertThatThrownBy(() -> FileLog.csv(null)).hasMessage("file");
    assertThatThrownBy(() -> FileLog.jsonLines(null)).hasMessage("file");
    assertThatThrownBy(() -> FileLog.csv(file(), (Metric[]) null)).hasMessage("metrics");
    assertThatThrownBy(() -> FileLog.csv(file(), Metric.loss(), Metric.loss()))
        .hasMessage("[fileLog] expected metrics of different names, got [loss, loss]");
    assertThatThrownBy(() -> FileLog.csv(file()).every(0))
        .hasMessage("[fileLog] expected an interval of at least 1, got 0");
  }

  @Test
  void aMetricOfTheNameOfAnotherColumnHasAColumnOfItsOwn() {
    assertThat(new RowFormat.Csv(List.of("loss", "accuracy", "step")).header())
        .isEqualTo(HEADER + ",validation loss,accuracy,validation step");
  }
}
