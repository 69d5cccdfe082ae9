package dev.unroll.examples.fit;

import dev.unroll.data.BatchSource;
import dev.unroll.layers.Layer;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Schedule;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.Listener;
import dev.unroll.training.Task;
import dev.unroll.training.Trainer;
import dev.unroll.training.TrainingStep;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Trains a model with the recipe of the examples: Adam with warm-up and half a cosine, gradients
 * clipped to norm 1, and averaged weights at the end.
 *
 * @param steps the number of updates
 * @param learningRate the peak learning rate
 * @param key the key of all randomness
 * @param out receives the progress
 */
public record Fit(long steps, double learningRate, RandomKey key, PrintStream out) {
  private static final double AVERAGE = 0.999;

  /**
   * Trains a model.
   *
   * @param name the name shown with the progress
   */
  public void run(String name, Layer model, Task task, BatchSource source) throws IOException {
    Trainer trainer =
        new Trainer(model, task, Optimizer.of(new Adam(learningRate), model.parameters()), source)
            .key(key)
            .clip(1)
            .average(AVERAGE)
            .schedule(Schedule.cosine(steps).warmUp(steps / 20 + 1));
    try (Progress progress = Progress.of(name, steps, out)) {
      trainer.listen(
          new Listener() {
            private double recent = Double.NaN;

            @Override
            public void onStep(TrainingStep step) {
              recent = Double.isNaN(recent) ? step.loss() : 0.99 * recent + 0.01 * step.loss();
              progress.show(step.number(), String.format(Locale.ROOT, "loss %.3f", recent));
            }
          });
      trainer.run(steps);
    }
    model.load(trainer.average().during(model::save)).orThrow();
  }
}
