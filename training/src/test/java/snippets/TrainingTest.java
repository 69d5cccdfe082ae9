package snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Variable;
import dev.unroll.data.BatchSource;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.data.TokenStream;
import dev.unroll.interop.Safetensors;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Ranking;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.Checkpoints;
import dev.unroll.training.DivergedException;
import dev.unroll.training.Evaluation;
import dev.unroll.training.LanguageModeling;
import dev.unroll.training.Listener;
import dev.unroll.training.Metric;
import dev.unroll.training.Outcome;
import dev.unroll.training.Task;
import dev.unroll.training.Trainer;
import dev.unroll.training.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples in the Javadoc of {@code dev.unroll.training}: the class of a sequence is its end. */
class TrainingTest {
  @TempDir private Path home;

  private final ManyToOne model =
      new ManyToOne(
          Embedding.of(5, 4, Init.seed(1)),
          Unroll.of(GruCell.of(4, 8, Init.seed(2))),
          Pooling.last(),
          Linear.of(8, 2, Init.seed(3)));
  private final Task task = Task.of(model, Loss.crossEntropy());
  private final Optimizer optimizer = Optimizer.of(new Adam(0.01), model.parameters());
  private final BatchSource batches = source(32);
  private final BatchSource heldOut = source(20);

  private static BatchSource source(int n) {
    List<Example> examples =
        IntStream.range(0, n)
            .mapToObj(i -> Example.of(new int[] {i % 5, i * i % 5, i % 2}, i % 2))
            .toList();
    return new ExampleBatches(examples, Order.sequential(n, 8));
  }

  @Test
  void trainer() throws IOException {
    Path runs = home;
    // @start region="Trainer"
    Trainer trainer =
        new Trainer(
                model, Loss.crossEntropy(), Optimizer.of(new Adam(), model.parameters()), batches)
            .key(RandomKey.of(1))
            .clip(1)
            .validate(heldOut, 4, Metric.accuracy()) // every 4 updates
            .patience(5)
            .restoreBest()
            .checkpoints(runs.resolve("first"), 500);
    trainer.resume(); // does nothing where there is no checkpoint
    Trainer.Result result = trainer.runEpochs(3);
    // @end
    assertThat(result.reason()).isEqualTo(Trainer.Reason.FINISHED);
    assertThat(result.metrics()).containsOnlyKeys("accuracy");
  }

  @Test
  void checkpoints() throws IOException {
    new Trainer(model, task, optimizer, batches)
        .validate(heldOut, 2, Metric.loss())
        .checkpoints(home, 2)
        .run(4);
    Map<String, Tensor> last = model.save();
    // @start region="Checkpoints"
    Checkpoints.Found best = new Checkpoints(home).best().orElseThrow();
    best.verify();
    Map<String, Tensor> weights =
        Safetensors.read(best.folder().resolve("weights.safetensors")).tensors();
    model.load(weights).orThrow();
    // @end
    assertThat(best.step()).isEqualTo(4);
    model.save().forEach((name, t) -> assertThat(t.sameBits(last.get(name))).isTrue());
  }

  @Test
  void diverged() {
    Task broken =
        (batch, carried, mode) -> {
          Outcome o = task.apply(batch, carried, mode);
          Variable loss = o.loss().mul(Double.NaN);
          return new Outcome(loss, o.output(), o.targets(), o.weight(), List.of());
        };
    Trainer trainer = new Trainer(model, broken, optimizer, batches);
    assertThatThrownBy(
            () -> {
              // @start region="DivergedException"
              try {
                trainer.run(1000);
              } catch (DivergedException e) {
                throw new IllegalStateException("update " + e.step() + ": lower the rate", e);
              }
              // @end
            })
        .hasMessage("update 1: lower the rate");
  }

  @Test
  void evaluation() {
    // @start region="Evaluation"
    Map<String, Double> metrics =
        Evaluation.of(task, heldOut, List.of(Metric.accuracy(), Metric.f1(1)));
    // @end
    assertThat(metrics).containsOnlyKeys("accuracy", "F1 of class 1");
  }

  @Test
  void outputs() {
    Task task = Task.of((batch, mode) -> Variable.of(batch.inputs()), Loss.crossEntropy());
    List<Example> examples =
        List.of(
            new Example(Tensor.of(Shape.of(2), 0.5f, 1), Tensor.of(Shape.of(), 1)),
            new Example(Tensor.of(Shape.of(2), 3f, -1), Tensor.of(Shape.of(), 0)));
    // @start region="Outputs"
    List<Tensor> logits = Evaluation.outputs(task, ExampleBatches.sequential(examples, 100));
    int best = (int) Ranking.argMax(logits.getFirst(), 0).item();
    // @end
    assertThat(logits).hasSize(2);
    assertThat(best).isEqualTo(1);
  }

  @Test
  void languageModeling() throws IOException {
    int[] text = IntStream.range(0, 400).map(i -> i % 5).toArray();
    // @start region="LanguageModeling"
    LanguageModel model =
        LanguageModel.of(new LanguageModel.Config("lstm", 5, 8, 16, 1), Init.seed(1));
    Trainer trainer =
        new Trainer(
            model,
            new LanguageModeling(model),
            Optimizer.of(new Adam(0.01), model.parameters()),
            new TokenStream(text, 4, 25)); // 4 rows, windows of 25 tokens
    trainer.clip(1).run(60);
    // @end
    double loss =
        Evaluation.of(new LanguageModeling(model), new TokenStream(text, 1, 25), Metric.loss());
    assertThat(loss).isLessThan(1);
  }

  @Test
  void listener() throws IOException {
    List<String> log = new ArrayList<>();
    Trainer trainer = new Trainer(model, task, optimizer, batches);
    // @start region="Listener"
    trainer.listen(
        new Listener() {
          @Override
          public void onStep(TrainingStep step) {
            if (step.number() % 10 == 0) {
              log.add("%d loss %.3f norm %.2f".formatted(step.number(), step.loss(), step.norm()));
            }
          }
        });
    // @end
    trainer.run(20);
    assertThat(log).hasSize(2).first().asString().startsWith("10 loss 0.");
  }

  // @start region="Metric"
  /** The number of batches whose loss was above a limit. */
  record Outliers(double limit) implements Metric {
    @Override
    public String name() {
      return "outliers";
    }

    @Override
    public double[] sums(Observation o) {
      return new double[] {o.loss() > limit ? 1 : 0};
    }

    @Override
    public double value(double[] sums) {
      return sums[0];
    }
  }

  // @end

  @Test
  void metric() {
    assertThat(Evaluation.of(task, heldOut, new Outliers(0))).isEqualTo(3);
    assertThat(Evaluation.of(task, heldOut, new Outliers(10))).isZero();
  }

  @Test
  void outcome() {
    // @start region="Outcome"
    Task smooth =
        (batch, carried, mode) -> {
          Outcome o = task.apply(batch, carried, mode);
          Variable penalty = o.output().mul(o.output()).sum().mul(0.001);
          return new Outcome(
              o.loss().add(penalty), o.output(), o.targets(), o.weight(), o.carried());
        };
    // @end
    assertThat(Evaluation.of(smooth, heldOut, Metric.loss()))
        .isGreaterThan(Evaluation.of(task, heldOut, Metric.loss()));
  }

  @Test
  void task() throws IOException {
    // @start region="Task"
    Task classify = Task.of(model, Loss.crossEntropy());
    Task same = // for any other model
        Task.of(
            (batch, mode) ->
                model.apply(Variable.of(batch.inputs()), batch.lengths().toInts(), mode),
            Loss.crossEntropy());
    // @end
    assertThat(classify.apply(batches.next(), List.of(), Mode.evaluation()).weight()).isEqualTo(8);
    assertThat(Evaluation.of(same, heldOut, Metric.loss()))
        .isEqualTo(Evaluation.of(classify, heldOut, Metric.loss()));
  }
}
