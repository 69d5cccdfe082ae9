package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Batch;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Null is refused where it is given, by the name of the argument. */
class NullArgumentsTest {
  private static void named(String argument, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(argument);
  }

  @Test
  void ofATrainer() throws Exception {
    Line line = new Line(4);
    named("model", () -> new Trainer(null, line::loss, line.optimizer(), line.source));
    named("task", () -> new Trainer(line.layer, null, line.optimizer(), line.source));
    named("optimizer", () -> new Trainer(line.layer, line::loss, null, line.source));
    named("source", () -> new Trainer(line.layer, line::loss, line.optimizer(), null));
    Trainer t = line.trainer;
    named("key", () -> t.key(null));
    named("method", () -> t.clip(null));
    named("schedule", () -> t.schedule(null));
    named("heldOut", () -> t.validate(null, 1, Metric.loss()));
    named("metrics", () -> t.validate(line.source, 1, (Metric[]) null));
    named("metric", () -> t.validate(line.source, 1, Metric.loss(), null));
    named("home", () -> t.checkpoints(null, 1));
    named("facts", () -> t.describe(null));
    Map<String, String> facts = new HashMap<>();
    facts.put("cell", null);
    named("facts: \"cell\"", () -> t.describe(facts));
    named("listener", () -> t.listen(null));
    assertThat(t.run(1).steps()).as("nothing was set").isEqualTo(1);
  }

  @Test
  void ofATaskAndWhatItReturns() {
    Line line = new Line(4);
    Batch batch = line.source.next();
    Outcome o = line.loss(batch, List.of(), Mode.evaluation());
    named("loss", () -> new Outcome(null, o.output(), o.targets(), 1, List.of()));
    named("output", () -> new Outcome(o.loss(), null, o.targets(), 1, List.of()));
    named("targets", () -> new Outcome(o.loss(), o.output(), null, 1, List.of()));
    named("carried", () -> new Outcome(o.loss(), o.output(), o.targets(), 1, null));
    named("loss", () -> Outcome.of(null, o.output(), batch));
    named("output", () -> Outcome.of(Loss.mse(), null, batch));
    named("batch", () -> Outcome.of(Loss.mse(), o.output(), null));
    named("answer", () -> Task.of((Task.Answer) null, Loss.mse()));
    named("loss", () -> Task.of((b, mode) -> o.output(), null));
    named("model", () -> new LanguageModeling(null));
    Trainer t = new Trainer(line.layer, (b, carried, mode) -> null, line.optimizer(), line.source);
    named("outcome of the task", () -> t.run(1));
  }

  @Test
  void ofAnEvaluation() {
    Line line = new Line(4);
    named("task", () -> Evaluation.of(null, line.source, Metric.loss()));
    named("source", () -> Evaluation.of(line::loss, null, Metric.loss()));
    named("metric", () -> Evaluation.of(line::loss, line.source, (Metric) null));
    named("metrics", () -> Evaluation.of(line::loss, line.source, (List<Metric>) null));
    named(
        "outcome of the task",
        () -> Evaluation.of((b, carried, mode) -> null, line.source, Metric.loss()));
    named("home", () -> new Checkpoints(null));
  }
}
