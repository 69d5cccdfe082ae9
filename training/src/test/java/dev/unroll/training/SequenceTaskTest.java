package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Sgd;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks and trainers of the models of sequences, without a lambda. */
class SequenceTaskTest {
  private static final Init INIT = Init.seed(1);

  private final Embedding words = Embedding.of(4, 3, INIT.at("words"));
  private final Unroll<?> gru = Unroll.of(GruCell.of(3, 5, INIT.at("cell")));
  private final Linear head = Linear.of(5, 2, INIT.at("head"));
  private final ManyToOne one = new ManyToOne(words, gru, Pooling.last(), head);
  private final ManyToMany many = new ManyToMany(words, gru, head);

  private static ExampleBatches classes() {
    return new ExampleBatches(
        List.of(Example.of(new int[] {1, 2, 3}, 0), Example.of(new int[] {2}, 1)),
        Order.sequential(2, 2));
  }

  private static ExampleBatches tags() {
    return new ExampleBatches(
        List.of(
            Example.of(new int[] {1, 2, 3}, new int[] {0, 1, 0}),
            Example.of(new int[] {2}, new int[] {1})),
        Order.sequential(2, 2));
  }

  @Test
  void theTaskAppliesTheModelUpToTheLengths() {
    Task given =
        Task.of(
            (b, mode) -> one.apply(Variable.of(b.inputs()), b.lengths().toInts(), mode),
            Loss.crossEntropy());
    assertThat(Evaluation.of(Task.of(one, Loss.crossEntropy()), classes(), Metric.loss()))
        .isEqualTo(Evaluation.of(given, classes(), Metric.loss()));
    given =
        Task.of(
            (b, mode) -> many.apply(Variable.of(b.inputs()), b.lengths().toInts(), mode),
            Loss.crossEntropy());
    assertThat(Evaluation.of(Task.of(many, Loss.crossEntropy()), tags(), Metric.loss()))
        .isEqualTo(Evaluation.of(given, tags(), Metric.loss()));
    assertThat(
            Task.of(many, Loss.crossEntropy())
                .apply(tags().next(), List.of(), Mode.evaluation())
                .weight())
        .isEqualTo(4);
  }

  @Test
  void aTrainerOfAModelAndALossTrainsIt() throws IOException {
    Task task = Task.of(one, Loss.crossEntropy());
    double before = Evaluation.of(task, classes(), Metric.loss());
    new Trainer(one, Loss.crossEntropy(), Optimizer.of(new Sgd(0.5), one.parameters()), classes())
        .run(20);
    assertThat(Evaluation.of(task, classes(), Metric.loss())).isLessThan(before);
    task = Task.of(many, Loss.crossEntropy());
    before = Evaluation.of(task, tags(), Metric.loss());
    new Trainer(many, Loss.crossEntropy(), Optimizer.of(new Sgd(0.5), many.parameters()), tags())
        .run(20);
    assertThat(Evaluation.of(task, tags(), Metric.loss())).isLessThan(before);
  }

  @Test
  void nullIsRefusedByName() {
    assertThatThrownBy(() -> Task.of((ManyToOne) null, Loss.mse()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("model");
    assertThatThrownBy(() -> Task.of((ManyToMany) null, Loss.mse()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("model");
    assertThatThrownBy(() -> Task.of(one, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("loss");
  }
}
