package dev.unroll.examples.fit;

import dev.unroll.data.BatchSource;
import dev.unroll.layers.Layer;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Schedule;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.Task;
import dev.unroll.training.Trainer;
import java.io.IOException;

/**
 * Trains a model with the recipe of the examples: Adam with warm-up and half a cosine, gradients
 * clipped to norm 1, and averaged weights at the end.
 *
 * @param steps the number of updates
 * @param learningRate the peak learning rate
 * @param key the key of all randomness
 */
public record Fit(long steps, double learningRate, RandomKey key) {
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
    trainer.listen(Terminal.progress(name, System.out)).run(steps);
    model.load(trainer.average().during(model::save)).orThrow();
  }
}
