package dev.unroll.examples.study;

import dev.unroll.examples.fit.DrawnBatches;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.DivergedException;
import dev.unroll.training.Evaluation;
import dev.unroll.training.Metric;
import dev.unroll.training.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Trains cells on a task, and prints the result of each.
 *
 * @param steps the number of updates
 */
record Measurement(MemoryTask task, FitOptions options, long steps) {
  private static final int BATCH = 50;
  private static final int HELD_OUT = 50;

  void print(List<String> cells, PrintStream out) throws IOException {
    out.println(task.sentence());
    out.printf(
        Locale.ROOT, "%,d sequences for training, 2,500 others for evaluation%n", steps * BATCH);
    out.printf("%-16s %8s %10s %8s %8s%n", "cell", "weights", "loss", "right", "time");
    for (String cell : cells) {
      out.printf("%s%n", line(cell));
    }
    out.print("published:\n" + task.published());
  }

  private String line(String cell) throws IOException {
    MemoryModel model = MemoryModel.of(task, cell, options.hidden(), options.init());
    int weights = model.parameters().values().stream().mapToInt(p -> p.shape().size()).sum();
    RandomKey key = options.key();
    Trainer trainer =
        new Trainer(
                model,
                model,
                Optimizer.of(new Adam(options.learningRate()), model.parameters()),
                batches(key.fold("training"), steps))
            .key(key)
            .clip(1);
    long start = System.nanoTime();
    try {
      trainer.run(steps);
    } catch (DivergedException e) {
      return String.format(
          Locale.ROOT, "%-16s %,8d diverged after step %d", cell, weights, e.step() - 1);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    DrawnBatches held = batches(key.fold("held out"), HELD_OUT);
    double loss = Evaluation.of(model, held, Metric.loss());
    double right = Evaluation.of(model, held, task.metric());
    return String.format(
        Locale.ROOT, "%-16s %,8d %10.5f %8.4f %7.0fs", cell, weights, loss, right, seconds);
  }

  private DrawnBatches batches(RandomKey key, long perEpoch) {
    return DrawnBatches.of(k -> task.batch(k, BATCH), key, perEpoch);
  }
}
