package dev.unroll.examples.study;

import dev.unroll.autograd.Variable;
import dev.unroll.data.BatchSource;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.DivergedException;
import dev.unroll.training.Evaluation;
import dev.unroll.training.Metric;
import dev.unroll.training.Task;
import dev.unroll.training.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Trains cells, each with a linear layer, on a task, and prints the result of each.
 *
 * @param steps the number of updates
 */
record Measurement(MemoryTask task, FitOptions options, long steps) {
  /** An LSTM with forget gate biases for the length of the task: {@link Init#chronoBias}. */
  static final String CHRONO = "lstm-chrono";

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

  private String line(String name) throws IOException {
    Unroll<?> unroll = Unroll.of(cell(name, options.init().at("cell")));
    Linear head = Linear.of(options.hidden(), task.outputSize(), options.init().at("head"));
    Layer model = parts -> parts.layer("unroll", unroll).layer("head", head);
    Task answer =
        Task.of(
            (batch, mode) -> {
              Variable outputs = unroll.apply(Variable.of(batch.inputs()), mode).outputs();
              return task.answer(head.apply(outputs));
            },
            task.loss());
    int weights = model.parameters().values().stream().mapToInt(p -> p.shape().size()).sum();
    RandomKey key = options.key();
    Optimizer adam = Optimizer.of(new Adam(options.learningRate()), model.parameters());
    Trainer trainer =
        new Trainer(model, answer, adam, batches(key.fold("training"), steps)).key(key).clip(1);
    long start = System.nanoTime();
    String line = "%-16s %,8d ";
    try {
      trainer.run(steps);
    } catch (DivergedException e) {
      String diverged = line + "diverged after step %d";
      return String.format(Locale.ROOT, diverged, name, weights, e.step() - 1);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    BatchSource held = batches(key.fold("held out"), HELD_OUT);
    double loss = Evaluation.of(answer, held, Metric.loss());
    double right = Evaluation.of(answer, held, task.metric());
    return String.format(
        Locale.ROOT, line + "%10.5f %8.4f %7.0fs", name, weights, loss, right, seconds);
  }

  private Cell<?> cell(String name, Init init) {
    if (!name.equals(CHRONO)) {
      return Cells.named(name, task.inputSize(), options.hidden(), init);
    }
    LstmCell lstm = LstmCell.of(task.inputSize(), options.hidden(), init);
    return new LstmCell(
        lstm.weightInput(),
        lstm.weightRecurrent(),
        init.chronoBias(options.hidden(), task.steps()));
  }

  private BatchSource batches(RandomKey key, long perEpoch) {
    return BatchSource.generated(k -> task.batch(k, BATCH), key, perEpoch);
  }
}
