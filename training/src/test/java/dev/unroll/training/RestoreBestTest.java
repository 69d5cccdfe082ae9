package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.testing.Printed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ends a run, the model has the best weights, and a later run continues from the last. */
class RestoreBestTest {
  @TempDir Path home;

  private final List<Double> seen = new ArrayList<>();

  private static double weight(Line line) {
    return line.layer.weight().value().item();
  }

  /** Validates every 10 updates with the given values, and records the weight of each. */
  private Line line(Double... script) {
    Line line = new Line(4);
    List<Double> values = new ArrayList<>(List.of(script));
    Metric scripted =
        new Sums(
            "scripted",
            false,
            o -> new double[1],
            s -> {
              seen.add(weight(line));
              return values.removeFirst();
            });
    line.trainer.validate(line.source, 10, scripted).restoreBest();
    return line;
  }

  private static Listener at(long number, Runnable action) {
    return new Listener() {
      @Override
      public void onStep(TrainingStep step) {
        if (step.number() == number) {
          action.run();
        }
      }
    };
  }

  @Test
  void aRunThatFinishedHasTheBestWeights() throws IOException {
    Line line = line(3.0, 1.0, 2.0);
    assertThat(line.trainer.run(30).reason()).isEqualTo(Trainer.Reason.FINISHED);
    assertThat(weight(line)).isEqualTo(seen.get(1)).isNotEqualTo(seen.get(2));
  }

  @Test
  void theBestWeightsAreTheAveragesIfThereAreAny() throws IOException {
    Line line = line(3.0, 1.0, 2.0);
    line.trainer.average(0.9).run(30);
    assertThat(weight(line)).isEqualTo(seen.get(1));
  }

  @Test
  void aRunThatWasStoppedHasTheBestWeightsAndTheNextOneContinuesBitForBit() throws IOException {
    Line whole = new Line(4);
    whole.trainer.run(50);
    Line line = line(3.0, 1.0, 2.0, 2.0, 0.5);
    line.trainer.listen(at(27, line.trainer::stop));
    assertThat(line.trainer.run(50).steps()).isEqualTo(27);
    assertThat(weight(line)).isEqualTo(seen.get(1));
    line.trainer.run(50);
    assertThat(weight(line)).isEqualTo(weight(whole)).isEqualTo(seen.get(4));
  }

  @Test
  void aRunThatThrewHasTheBestWeightsAndTheNextOneContinuesBitForBit() throws IOException {
    Line whole = new Line(4);
    whole.trainer.run(50);
    Line line = line(3.0, 1.0, 2.0, 2.0, 0.5);
    line.trainer.listen(
        at(
            27,
            () -> {
              throw new IllegalStateException("planted");
            }));
    assertThatThrownBy(() -> line.trainer.run(50)).hasMessage("planted");
    assertThat(weight(line)).isEqualTo(seen.get(1));
    line.trainer.run(50);
    assertThat(weight(line)).isEqualTo(weight(whole));
  }

  @Test
  void aRunThatWasResumedHasTheBestWeightsOfTheOneBefore() throws IOException {
    line(3.0, 1.0, 2.0).trainer.checkpoints(home, 10).run(30);
    Line second = line(4.0, 5.0);
    second.trainer.checkpoints(home, 10);
    assertThat(second.trainer.resume()).isTrue();
    assertThat(weight(second)).as("the last weights").isEqualTo(seen.get(2));
    second.trainer.run(50);
    assertThat(weight(second)).isEqualTo(seen.get(1));
    Line whole = new Line(4);
    whole.trainer.run(60);
    Line third = line(6.0);
    third.trainer.checkpoints(home, 10).resume();
    third.trainer.listen(at(60, third.trainer::stop)).run(60);
    assertThat(seen.getLast()).as("weights of the last step").isEqualTo(weight(whole));
    assertThat(weight(third)).isEqualTo(seen.get(1));
  }

  @Test
  void theBestCheckpointOfAnotherMetricIsNotUsed() throws IOException {
    line(1.0, 2.0).trainer.checkpoints(home, 10).run(20);
    Line second = new Line(4);
    second.trainer.checkpoints(home, 10).validate(second.source, 10, Metric.loss()).restoreBest();
    assertThat(second.trainer.resume()).isTrue();
    second.trainer.listen(at(25, second.trainer::stop));
    assertThat(
            Printed.toError(() -> {
              assertThat(second.trainer.run(50).steps()).isEqualTo(25);
            }))
        .contains("WARN", "no best weights");
    Line whole = new Line(4);
    whole.trainer.run(25);
    assertThat(weight(second)).isEqualTo(weight(whole));
  }

  @Test
  void aValidationIsNeeded() {
    assertThatThrownBy(() -> new Line(4).trainer.restoreBest().run(3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("[trainer] restoreBest needs validate(source, interval, metrics)");
  }

  @Test
  void aRunWithoutAnUpdateChangesNothing() throws IOException {
    Line line = line();
    double before = weight(line);
    assertThat(line.trainer.run(0).steps()).isZero();
    assertThat(weight(line)).isEqualTo(before);
  }
}
