package dev.unroll.training;

import dev.unroll.autograd.Anomaly;
import dev.unroll.autograd.Gradients;
import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Targets;
import dev.unroll.optim.Clipping;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Schedule;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes the training steps of a {@link Trainer}. */
final class Learner {
  final Optimizer optimizer;
  final BatchSource source;
  RandomKey key = RandomKey.of(0);
  Schedule schedule = Schedule.constant();
  Clipping.Method clipping = Clipping.byNorm(Double.MAX_VALUE);
  int parts = 1;

  /** The detached state of the network, carried over from batch to batch. */
  List<Tensor> carried = List.of();

  private final Layer model;
  private final Task task;

  /** Whether the parameters of the loss have been compared with those of the model. */
  private boolean compared;

  private final Buffers buffers = new Buffers();

  Learner(Layer model, Task task, Optimizer optimizer, BatchSource source) {
    this.model = model;
    this.task = task;
    this.optimizer = optimizer;
    this.source = source;
  }

  /**
   * Makes an update. If anything is thrown, the source and the state are as before, so that the
   * next call repeats the update.
   *
   * @throws ArithmeticException if the loss or its gradients are NaN or infinite; no parameter has
   *     changed then
   */
  TrainingStep step(long number) {
    long position = source.position();
    List<Tensor> before = carried;
    boolean updated = false;
    try {
      TrainingStep step = update(number);
      updated = true;
      return step;
    } catch (ArithmeticException e) {
      restore(position, before);
      throw explain(number, e);
    } finally {
      if (!updated) {
        restore(position, before);
      }
    }
  }

  private void restore(long position, List<Tensor> before) {
    source.seek(position);
    carried = before;
  }

  private TrainingStep update(long number) {
    @Nullable Pass sum = null;
    for (int part = 0; part < parts - 1; part++) {
      try (Buffers.Scope scope = buffers.open()) {
        Pass before = sum;
        Pass pass = pass(number, part, scope);
        sum = before == null ? pass.kept(scope) : Buffers.outside(() -> before.plus(pass));
      }
    }
    try (Buffers.Scope scope = buffers.open()) {
      Pass last = pass(number, parts - 1, scope);
      sum = sum == null ? last : sum.plus(last);
      if (sum.gradients().isEmpty() && sum.weight() > 0) {
        throw new IllegalStateException(
            "[trainer] expected a loss that depends on a parameter of the optimizer, got one that"
                + " depends on none: the task must apply the model that is trained");
      }
      Clipping.Clipped clipped = clipping.apply(sum.minimized());
      double factor = schedule.factor(optimizer.updates());
      optimizer.update(clipped.gradients(), factor);
      return new TrainingStep(number, sum.loss(), clipped.norm(), sum.predictions(), factor);
    }
  }

  private Pass pass(long number, int part, Buffers.Scope scope) {
    Batch batch = source.next();
    Outcome out =
        task.apply(
            batch,
            Evaluation.variables(batch.continues() ? carried : List.of()),
            Mode.training(key.fold(number).fold(part)));
    Objects.requireNonNull(out, "outcome of the task");
    double loss = out.loss().value().item();
    if (!Double.isFinite(loss)) {
      throw new ArithmeticException("the loss is " + loss);
    }
    if (!compared) { // Done before computing gradients, which releases the graph.
      compared = true;
      ParameterChecks.check(model, out.loss());
    }
    Pass pass =
        new Pass(
            loss,
            out.weight(),
            Targets.count(out.targets()),
            Gradients.of(out.loss(), optimizer.parameters().values()),
            out.reduction());
    carried = out.carried().stream().map(v -> scope.keep(v.value())).toList();
    return pass;
  }

  /** Repeats the batches of a step to find the first operation that produces NaN or infinity. */
  private ArithmeticException explain(long number, ArithmeticException found) {
    try {
      for (int part = 0; part < parts; part++) {
        int now = part;
        try (Buffers.Scope scope = buffers.open()) {
          Anomaly.detect(() -> pass(number, now, scope));
        }
      }
      return found;
    } catch (ArithmeticException report) {
      ArithmeticException both =
          new ArithmeticException(found.getMessage() + ": " + report.getMessage());
      both.initCause(report);
      return both;
    }
  }
}
