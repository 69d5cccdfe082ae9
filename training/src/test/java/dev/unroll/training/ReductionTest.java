package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.loss.Loss;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A loss that is summed or scaled changes the gradients, and nothing that is reported. */
class ReductionTest {
  private record Made(double moved, TrainingStep step, double reported) {}

  private static Made update(Loss loss, int batch, int parts) throws IOException {
    Line line = new Line(batch);
    Task task = Task.of((b, mode) -> line.layer.apply(Variable.of(b.inputs())), loss);
    double reported = Evaluation.of(task, line.source, Metric.perplexity());
    double before = line.layer.weight().value().item();
    TrainingStep[] made = new TrainingStep[1];
    new Trainer(line.layer, task, line.optimizer(), line.source)
        .accumulate(parts)
        .listen(
            new Listener() {
              @Override
              public void onStep(TrainingStep step) {
                made[0] = step;
              }
            })
        .run(1);
    return new Made(line.layer.weight().value().item() - before, made[0], reported);
  }

  @Test
  void gradientsAreScaledAndReportsAreMeans() throws IOException {
    Made mean = update(Loss.mse(), 12, 1);
    Loss half = Loss.mse().times(0.5);
    for (Loss loss :
        List.of(half, Loss.mse().summed(), half.summed(), Loss.mse().summed().times(2))) {
      double factor = loss.reduction().ofMean(12);
      Made made = update(loss, 12, 1);
      assertThat(made.moved()).isCloseTo(factor * mean.moved(), within(1e-5 * factor));
      assertThat(made.step().loss()).isEqualTo(mean.step().loss());
      assertThat(made.step().norm()).isCloseTo(factor * mean.step().norm(), within(1e-5 * factor));
      assertThat(made.reported()).isEqualTo(mean.reported());
    }
    assertThat(half.summed().reduction().ofMean(12)).isEqualTo(6);
  }

  @Test
  void accumulatedBatchesAreSummedAsOne() throws IOException {
    Made whole = update(Loss.mse().summed(), 12, 1);
    Made parts = update(Loss.mse().summed(), 4, 3);
    assertThat(parts.moved()).isCloseTo(whole.moved(), within(1e-5));
    assertThat(parts.step().loss()).isCloseTo(whole.step().loss(), within(1e-6));
  }
}
