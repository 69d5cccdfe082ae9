package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a training that no longer improves ends, and what the next run does. */
class PatienceTest {
  @TempDir Path home;

  private static double weight(Line line) {
    return line.layer.weight().value().item();
  }

  /** A metric with prescribed values, and the weight at each validation. */
  private static Metric scripted(Line line, List<Double> values, List<Double> weights) {
    return new Sums(
        "scripted",
        false,
        o -> new double[1],
        s -> {
          weights.add(weight(line));
          return values.get(weights.size() - 1);
        });
  }

  @Test
  void earlyStoppingEndsWithTheBestWeights() throws IOException {
    for (boolean saved : new boolean[] {false, true}) {
      for (boolean averaged : new boolean[] {false, true}) {
        Line line = new Line(12);
        List<Double> seen = new ArrayList<>();
        Trainer t = line.trainer.patience(2);
        t.validate(line.source, 10, scripted(line, List.of(3.0, 1.0, 2.0, 2.0), seen));
        if (averaged) {
          t.average(0.9);
        }
        if (saved) {
          t.checkpoints(home.resolve("averaged " + averaged), 10);
        }
        Trainer.Result r = t.run(1000);
        assertThat(r.reason()).isEqualTo(Trainer.Reason.NO_IMPROVEMENT);
        assertThat(r.steps()).isEqualTo(40);
        assertThat(weight(line)).isEqualTo(seen.get(1)).isNotEqualTo(seen.get(3));
      }
    }
  }

  @Test
  void aRunThatWasResumedEndsWithTheBestWeightsOfTheOneBefore() throws IOException {
    Line first = new Line(12);
    List<Double> seen = new ArrayList<>();
    first
        .trainer
        .patience(2)
        .checkpoints(home, 10)
        .validate(first.source, 10, scripted(first, List.of(3.0, 1.0, 2.0), seen))
        .run(30);
    Line second = new Line(12);
    Trainer t =
        second
            .trainer
            .patience(2)
            .checkpoints(home, 10)
            .validate(second.source, 10, scripted(second, List.of(4.0), new ArrayList<>()));
    assertThat(t.resume()).isTrue();
    assertThat(t.run(1000).steps()).isEqualTo(40);
    assertThat(weight(second)).isEqualTo(seen.get(1));
    Line third = new Line(12);
    Trainer ended =
        third
            .trainer
            .patience(2)
            .checkpoints(home, 10)
            .validate(third.source, 10, scripted(third, List.of(), new ArrayList<>()));
    assertThat(ended.resume()).isTrue();
    assertThat(ended.run(1000).steps()).isEqualTo(40); // It stays ended.
    assertThat(weight(third)).isEqualTo(seen.get(1));
  }

  @Test
  void aRunEndedByPatienceResumesFromTheLastWeights() throws IOException {
    Line whole = new Line(4);
    whole.trainer.run(50);
    Line line = new Line(4);
    List<Double> script = List.of(1.0, 2.0, 3.0, 3.0, 3.0);
    line.trainer.patience(2).validate(line.source, 10, scripted(line, script, new ArrayList<>()));
    assertThat(line.trainer.run(50).steps()).isEqualTo(30);
    assertThat(line.trainer.patience(10).run(50).steps()).isEqualTo(50);
    assertThat(weight(line)).isEqualTo(weight(whole));
  }

  @Test
  void aRunThatEndedWithoutImprovementStaysEnded() throws IOException {
    Metric never = new Sums("never", false, o -> new double[1], s -> 1);
    Line line = new Line(12);
    line.trainer.checkpoints(home, 10).validate(line.source, 10, never).patience(2).run(1000);
    Line again = new Line(12);
    Trainer t = again.trainer.checkpoints(home, 10).validate(again.source, 10, never).patience(2);
    assertThat(t.resume()).isTrue();
    Trainer.Result r = t.run(1000);
    assertThat(r.reason()).isEqualTo(Trainer.Reason.NO_IMPROVEMENT);
    assertThat(r.steps()).isEqualTo(30);
  }

  @Test
  void trainingEndsWhenNothingImproves() throws IOException {
    Line line = new Line(12);
    List<Double> values = new ArrayList<>(List.of(3.0, 2.0, 5.0, 2.0, 2.5, 1.0));
    Metric scripted = new Sums("scripted", false, o -> new double[1], s -> values.removeFirst());
    Trainer.Result r = line.trainer.validate(line.source, 10, scripted).patience(3).run(1000);
    assertThat(r.reason()).isEqualTo(Trainer.Reason.NO_IMPROVEMENT);
    assertThat(r.steps()).isEqualTo(50);
  }

  /** Exhausted patience does not end later runs. */
  @Test
  void aLaterRunHasPatienceAgain() throws IOException {
    Line line = new Line(12);
    List<Double> script = List.of(1.0, 2.0, 3.0, 2.0, 2.0, 0.5, 2.0, 2.0);
    Trainer t = line.trainer.patience(2);
    t.validate(line.source, 10, scripted(line, script, new ArrayList<>()));
    assertThat(t.run(1000).steps()).isEqualTo(30);
    Trainer.Result again = t.run(20); // Nothing is asked for: it stays as it is.
    assertThat(again.reason()).isEqualTo(Trainer.Reason.NO_IMPROVEMENT);
    assertThat(again.steps()).isEqualTo(30);
    Trainer.Result second = t.run(1000);
    assertThat(second.reason()).isEqualTo(Trainer.Reason.NO_IMPROVEMENT);
    assertThat(second.steps()).isEqualTo(50);
    assertThat(t.run(1000).steps()).isEqualTo(80); // A new best one at 60.
  }

  /** The validation at the end of a run may exhaust the patience. */
  @Test
  void aRunThatFinishedDoesNotEndTheNextOne() throws IOException {
    Line line = new Line(12);
    List<Double> script = List.of(1.0, 2.0, 3.0, 4.0, 5.0);
    Trainer t = line.trainer.patience(2);
    t.validate(line.source, 10, scripted(line, script, new ArrayList<>()));
    assertThat(t.run(25).reason()).isEqualTo(Trainer.Reason.FINISHED);
    Trainer.Result r = t.run(1000);
    assertThat(r.steps()).isEqualTo(40);
    assertThat(r.reason()).isEqualTo(Trainer.Reason.NO_IMPROVEMENT);
  }

  @Test
  void aStopUsesNoPatience() throws IOException {
    Line line = new Line(12);
    List<Double> script = List.of(1.0, 2.0, 3.0);
    Trainer t = line.trainer.patience(2);
    t.validate(line.source, 10, scripted(line, script, new ArrayList<>()))
        .listen(
            new Listener() {
              @Override
              public void onStep(TrainingStep step) {
                if (step.number() == 23) {
                  t.stop();
                }
              }
            });
    Trainer.Result stopped = t.run(1000);
    assertThat(stopped.reason()).isEqualTo(Trainer.Reason.STOPPED);
    assertThat(stopped.steps()).isEqualTo(23);
    assertThat(t.run(1000).steps()).isEqualTo(30);
  }

  /** An exception of a listener at the validation that exhausts the patience does not renew it. */
  @Test
  void aRunThatFailedAtItsEndEndsWhenResumed() throws IOException {
    Line line = new Line(12);
    boolean[] thrown = {false};
    Trainer t = line.trainer.patience(2);
    t.validate(line.source, 10, scripted(line, List.of(1.0, 2.0, 3.0), new ArrayList<>()))
        .listen(
            new Listener() {
              @Override
              public void onValidation(long step, Map<String, Double> metrics, boolean best) {
                if (step == 30 && !thrown[0]) {
                  thrown[0] = true;
                  throw new IllegalStateException("planted");
                }
              }
            });
    assertThatThrownBy(() -> t.run(1000)).hasMessage("planted");
    Trainer.Result r = t.run(1000);
    assertThat(r.steps()).isEqualTo(30);
    assertThat(r.reason()).isEqualTo(Trainer.Reason.NO_IMPROVEMENT);
  }

  @Test
  void afterAResumeAnEndedRunEndsAndTheNextOneContinues() throws IOException {
    Line first = new Line(12);
    List<Double> script = List.of(1.0, 2.0, 3.0);
    Trainer t = first.trainer.patience(2).checkpoints(home, 10);
    t.validate(first.source, 10, scripted(first, script, new ArrayList<>())).run(1000);
    Line second = new Line(12);
    Trainer resumed = second.trainer.patience(2).checkpoints(home, 10);
    resumed.validate(second.source, 10, scripted(second, script, new ArrayList<>()));
    assertThat(resumed.resume()).isTrue();
    assertThat(resumed.run(1000).steps()).isEqualTo(30);
    assertThat(resumed.run(1000).steps()).isEqualTo(50); // 1.0 is not better than 1.0.
  }

  /** Values of two metrics cannot be compared. */
  @Test
  void patienceRestartsForAnotherFirstMetric() throws IOException {
    Line first = new Line(12);
    Metric low = new Sums("low", false, o -> new double[1], s -> -5);
    first.trainer.checkpoints(home, 10).validate(first.source, 10, low).run(20);
    Line second = new Line(12);
    List<String> best = new ArrayList<>();
    Trainer t =
        second
            .trainer
            .checkpoints(home, 10)
            .validate(second.source, 10, Metric.rmse())
            .listen(
                new Listener() {
                  @Override
                  public void onValidation(long step, Map<String, Double> metrics, boolean better) {
                    best.add(step + " " + better);
                  }
                });
    assertThat(t.resume()).isTrue();
    t.run(30);
    assertThat(best).containsExactly("30 true");
  }
}
