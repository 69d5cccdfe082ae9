package dev.unroll.training;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import java.util.List;
import java.util.Objects;

/** A task on independent batches. */
record AnswerTask(Answer answer, Loss loss) implements Task {
  AnswerTask {
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(loss, "loss");
  }

  @Override
  public Outcome apply(Batch batch, List<Variable> carried, Mode mode) {
    return Outcome.of(loss, answer.of(batch, mode), batch);
  }

  @Override
  public String toString() {
    return "Task[loss=" + loss + "]";
  }
}
