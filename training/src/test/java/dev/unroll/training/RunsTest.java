package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.data.TokenStream;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Schedule;
import dev.unroll.optim.Sgd;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The beginning and end of runs, and consecutive runs. */
class RunsTest {
  @TempDir Path home;

  private static Listener onStep(Consumer<TrainingStep> what) {
    return new Listener() {
      @Override
      public void onStep(TrainingStep step) {
        what.accept(step);
      }
    };
  }

  private static double weight(Line line) {
    return line.layer.weight().value().item();
  }

  @Test
  void aRunWithinARunIsRefused() throws IOException {
    Line line = new Line(4);
    line.trainer.listen(
        onStep(s ->
            assertThatThrownBy(() -> line.trainer.run(9))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("[trainer] expected no run in progress, got a second one")));
    assertThat(line.trainer.run(3).steps()).isEqualTo(3);
    assertThat(line.trainer.run(4).steps()).isEqualTo(4);
  }

  @Test
  void aFolderThatIsNoCheckpointIsNotDeleted() throws IOException {
    Path own = Files.createDirectories(home.resolve("last-0"));
    Files.writeString(own.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> new Line(4).trainer.checkpoints(home, 1).run(3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            own.resolve("thesis.txt")
                + ": expected only files of a checkpoint; nothing was deleted");
    assertThat(own.resolve("thesis.txt")).hasContent("years of work");
  }

  @Test
  void anIntactCheckpointOfAnotherTrainingIsNotToBeDeleted() throws IOException {
    new Line(4).trainer.average(0.9).checkpoints(home, 1).run(3);
    assertThatThrownBy(() -> new Line(4).trainer.checkpoints(home, 1).resume())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("; it is intact: ")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("delete"));
  }

  @Test
  void aFileIsNoFolderOfCheckpoints() throws IOException {
    Path file = Files.createFile(home.resolve("file"));
    assertThatThrownBy(() -> new Line(4).trainer.checkpoints(file, 1).resume())
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": expected a folder of checkpoints, got a file");
  }

  @Test
  void validatingOnTheSourceThatIsTrainedOnLosesNoBatch() throws IOException {
    Line expected = new Line(4);
    expected.trainer.validate(new Line(4).source, 2, Metric.loss()).run(7);
    Line line = new Line(4);
    line.trainer.validate(line.source, 2, Metric.loss()).run(7);
    assertThat(line.source.position()).isEqualTo(7);
    assertThat(weight(line)).isEqualTo(weight(expected));
  }

  @Test
  void aStopEndsOneRun() throws IOException {
    Line line = new Line(12);
    Trainer t = line.trainer;
    t.listen(
        onStep(step -> {
          if (step.number() == 7) {
            t.stop();
          }
        }));
    assertThat(t.run(10).reason()).isEqualTo(Trainer.Reason.STOPPED);
    Trainer.Result r = t.run(10);
    assertThat(r.reason()).isEqualTo(Trainer.Reason.FINISHED);
    assertThat(r.steps()).isEqualTo(10);
    t.stop(); // No run is under way: the next one ends at once.
    assertThat(t.run(20).steps()).isEqualTo(10);
    assertThat(t.run(20).steps()).isEqualTo(20);
  }

  @Test
  void aStopDuringTheLastUpdateIsOver() throws IOException {
    Line line = new Line(12);
    Trainer t = line.trainer;
    t.listen(
        onStep(step -> {
          if (step.number() == 5) {
            t.stop();
          }
        }));
    assertThat(t.run(5).reason()).isEqualTo(Trainer.Reason.FINISHED);
    assertThat(t.run(9).reason()).isEqualTo(Trainer.Reason.FINISHED);
  }

  /** An exception while a batch is read, also in the second batch of an accumulation. */
  @Test
  void aRunContinuesBitForBitAfterAnException() throws IOException {
    List<Throwable> thrown =
        List.of(
            new StackOverflowError("planted"),
            new OutOfMemoryError("planted"),
            new IllegalStateException("planted"),
            new ArithmeticException("planted"));
    for (int parts = 1; parts < 4; parts++) {
      Map<String, Tensor> expected = trained(parts, new ArrayList<>());
      List<Throwable> planted = new ArrayList<>(thrown);
      Map<String, Tensor> actual = trained(parts, planted);
      assertThat(planted).isEmpty();
      actual.forEach((name, t) -> assertThat(t.sameBits(expected.get(name))).as(name).isTrue());
    }
  }

  private static Map<String, Tensor> trained(int parts, List<Throwable> planted)
      throws IOException {
    LanguageModel m = LanguageModel.of(new LanguageModel.Config("gru", 5, 4, 6, 1), Init.seed(1));
    LanguageModeling real = new LanguageModeling(m);
    int[] calls = {0};
    Task task =
        (batch, carried, mode) -> {
          Outcome o = real.apply(batch, carried, mode);
          if (calls[0]++ % 3 == 2 && !planted.isEmpty()) {
            Throwable t = planted.removeFirst();
            if (t instanceof Error e) {
              throw e;
            }
            throw (RuntimeException) t;
          }
          return o;
        };
    int[] text = new int[401];
    for (int i = 0; i < text.length; i++) {
      text[i] = (i * i + i / 7) % 5;
    }
    Trainer t =
        new Trainer(
                m, task, Optimizer.of(new Adam(0.01), m.parameters()), new TokenStream(text, 4, 9))
            .key(RandomKey.of(3))
            .average(0.9)
            .accumulate(parts);
    boolean done = false;
    while (!done) {
      try {
        t.run(12);
        done = true;
      } catch (Error | RuntimeException e) {
        assertThat(e).hasMessageContaining("planted");
      }
    }
    return m.save();
  }

  /** After an exception of a listener, validation and saving are done later. */
  @Test
  void overdueWorkIsDoneByTheNextRun() throws IOException {
    List<String> told = new ArrayList<>();
    Line line = new Line(4);
    boolean[] failed = {false};
    line.trainer
        .checkpoints(home, 5)
        .validate(line.source, 5, Metric.loss())
        .listen(
            new Listener() {
              @Override
              public void onStep(TrainingStep step) {
                if (step.number() == 5 && !failed[0]) {
                  failed[0] = true;
                  throw new IllegalStateException("planted");
                }
              }

              @Override
              public void onValidation(long step, Map<String, Double> metrics, boolean best) {
                told.add("validation " + step);
              }

              @Override
              public void onCheckpoint(long step, Path folder) {
                told.add(folder.getFileName().toString());
              }
            });
    assertThatThrownBy(() -> line.trainer.run(7)).hasMessage("planted");
    line.trainer.run(7);
    assertThat(told)
        .containsExactly("validation 5", "best-5", "last-5", "last-7", "validation 7", "best-7");
  }

  @Test
  void anOptimizerOfAnotherModelIsRefused() {
    Line line = new Line(4);
    Linear other = Linear.of(1, 1, Init.seed(4));
    assertThatThrownBy(() ->
            new Trainer(
                line.layer,
                line::loss,
                Optimizer.of(new Sgd(0.1), other.parameters()),
                line.source))
        .hasMessage(
            "[trainer] expected an optimizer of the model's parameters, got one of 2 of which 2 are"
                + " not of the model: weight, bias; use Optimizer.of(rule, model.parameters())");
    assertThatThrownBy(() ->
            new Trainer(line.layer, line::loss, Optimizer.of(new Sgd(0.1), Map.of()), line.source))
        .hasMessage("[trainer] expected an optimizer of at least one parameter, got one of none");
  }

  @Test
  void aTaskOfAnotherModelIsRefused() {
    Line line = new Line(4);
    Linear other = Linear.of(1, 1, Init.seed(4));
    Trainer t =
        new Trainer(other, line::loss, Optimizer.of(new Sgd(0.1), other.parameters()), line.source);
    assertThat(
            Printed.toError(() ->
                assertThatThrownBy(() -> t.run(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                        "[trainer] expected a loss that depends on a parameter of the"
                            + " optimizer, got one that depends on none")))
        .contains("WARN", "the loss reads 2 parameters that the model does not describe");
    assertThat(line.source.position()).isZero();
  }

  @Test
  void partsOfOneInitAreNamed() {
    Init init = Init.seed(1);
    Bidirectional<?> both = Bidirectional.of(GruCell.of(3, 4, init), GruCell.of(3, 4, init));
    assertThat(ParameterChecks.alike(both))
        .contains("forward.cell.weightInput and backward.cell.weightInput");
    Sequential two = Sequential.of(Linear.of(3, 4, init), Linear.of(4, 2, init));
    assertThat(ParameterChecks.alike(two)).containsExactly("0.weight and 1.weight");
    for (String cell :
        List.of("irnn", "lstm", "gru")) { // The identity and constants are no chance.
      LanguageModel m = LanguageModel.of(new LanguageModel.Config(cell, 9, 8, 8, 3), init);
      assertThat(ParameterChecks.alike(m)).isEmpty();
    }
  }

  @Test
  void frozenParametersAreNamed() {
    Linear layer = Linear.of(3, 4, Init.seed(1));
    assertThat(
            ParameterChecks.frozen(
                layer, Optimizer.of(new Sgd(0.1), layer.parametersWithout("weight"))))
        .containsExactly("weight");
  }

  @Test
  void invalidNumbersAndCallsAreRefused() throws IOException {
    Line line = new Line(4);
    Trainer t = line.trainer;
    assertThatThrownBy(() -> t.run(-1)).hasMessage("[trainer] steps must be at least 0, not -1");
    assertThat(t.run(0).steps()).isZero();
    assertThatThrownBy(() -> t.clip(Double.NaN))
        .hasMessage("[trainer] maxNorm must be above 0, not NaN");
    assertThatThrownBy(() -> t.patience(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> t.average(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> t.validate(line.source, 0, Metric.loss()))
        .hasMessage("[trainer] interval must be at least 1, not 0");
    assertThatThrownBy(() -> t.validate(line.source, 1, Metric.f1(0), Metric.f1(0)))
        .hasMessageContaining("got two named \"F1 of class 0\"");
    assertThatThrownBy(() -> t.validate(EvaluationTest.EMPTY, 1, Metric.loss()))
        .hasMessage("[evaluation] expected a source of at least 1 batch, got 0");
    assertThatThrownBy(
            () -> new Trainer(line.layer, line::loss, line.optimizer(), EvaluationTest.EMPTY))
        .hasMessage("[trainer] expected a source of at least 1 batch, got 0");
    t.patience(3);
    assertThatThrownBy(() -> t.run(5))
        .hasMessage("[trainer] patience needs validate(source, interval, metrics)");
    Trainer rates = new Line(4).trainer.schedule(updates -> Double.NaN);
    assertThatThrownBy(() -> rates.run(1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(rates.schedule(Schedule.constant()).run(1).steps()).isEqualTo(1);
  }

  @Test
  void anInfiniteMaximumNormClipsNothing() throws IOException {
    Line expected = new Line(4);
    expected.trainer.run(3);
    Line line = new Line(4);
    line.trainer.clip(Double.POSITIVE_INFINITY).run(3);
    assertThat(weight(line)).isEqualTo(weight(expected));
  }

  /** A batch of no rows, and one without targets, change no weight. */
  @Test
  void batchesWithoutAnythingToPredictHaveALossOfZero() throws IOException {
    Linear layer = Linear.of(3, 2, Init.seed(1));
    Map<String, Tensor> before = layer.save();
    Task task = Task.of((b, mode) -> layer.apply(Variable.of(b.inputs())), Loss.crossEntropy());
    for (int rows : new int[] {0, 2}) {
      Tensor x = RandomKey.of(1).normal(layer.weight().type(), Shape.of(rows, 1, 3), 0, 1);
      int[] none = new int[rows];
      Arrays.fill(none, -1);
      Batch batch = new Batch(x, Tensor.of(Shape.of(rows, 1), none), false);
      List<TrainingStep> steps = new ArrayList<>();
      new Trainer(layer, task, Optimizer.of(new Sgd(0.1), layer.parameters()), always(batch))
          .accumulate(2)
          .listen(onStep(steps::add))
          .run(2);
      assertThat(steps).extracting(TrainingStep::loss).containsExactly(0.0, 0.0);
      assertThat(steps).extracting(TrainingStep::norm).containsExactly(0.0, 0.0);
      layer.save().forEach((name, t) -> assertThat(t.sameBits(before.get(name))).isTrue());
    }
  }

  private static BatchSource always(Batch batch) {
    return new BatchSource() {
      private long position;

      @Override
      public long batchesPerEpoch() {
        return 1;
      }

      @Override
      public long position() {
        return position;
      }

      @Override
      public void seek(long to) {
        position = to;
      }

      @Override
      public Batch next() {
        position++;
        return batch;
      }
    };
  }

  @Test
  void outcomesAreChecked() {
    Variable two = Variable.of(Tensor.of(Shape.of(2), 1.0, 2.0));
    assertThatThrownBy(() -> new Outcome(two, two, two.value(), 1, List.of()))
        .hasMessage("[outcome] expected a loss of one element, got [2]");
    for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Outcome(two.sum(), two, two.value(), weight, List.of()))
          .hasMessage("[outcome] expected a weight that is finite and at least 0, got " + weight);
    }
  }
}
