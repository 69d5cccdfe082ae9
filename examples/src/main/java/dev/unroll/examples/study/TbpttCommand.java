package dev.unroll.examples.study;

import dev.unroll.autograd.Variable;
import dev.unroll.data.BatchSource;
import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.examples.picture.Chart;
import dev.unroll.files.OutputPaths;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.DType;
import dev.unroll.training.Evaluation;
import dev.unroll.training.Metric;
import dev.unroll.training.Outcome;
import dev.unroll.training.Task;
import dev.unroll.training.Trainer;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the cost and the savings of truncated backpropagation through time. */
@Command(name = "tbptt", description = "Shows what truncated backpropagation costs and saves.")
public final class TbpttCommand implements Application {
  private static final int ASKED = 20;
  private static final String PUBLISHED =
      """
      published (no figures for this exact task):
      Tallec & Ollivier 2017, arXiv:1705.08209: truncated gradients are biased toward short-term dependencies; training can even diverge.
      Aicher, Foti & Fox 2019, arXiv:1905.07473: too short a window does not converge, too long a window converges slowly.
      """;

  @Option(
      names = "--windows",
      paramLabel = "N",
      split = ",",
      description = "Truncation lengths in steps, separated by commas.")
  private List<Integer> windows = List.of(5, 10, 20, 40, 80);

  @Option(names = "--delay", paramLabel = "N", description = "The number of steps to remember.")
  private int delay = 10;

  @Mixin private final FitOptions options = new FitOptions(64, 0.003);

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private int steps = 1000;

  @Option(names = "--out", paramLabel = "FILE", description = "The file of the chart.")
  private Path picture = Path.of("runs", "tbptt.svg");

  @Override
  public void run() throws IOException {
    OutputPaths.file(picture);
    print(
        "predict the symbol of %d steps before, out of 4; %,d updates of %d streams each%n"
            + "%8s %8s %8s %12s %10s%n",
        delay, steps, EchoStream.ROWS, "window", "loss", "right", "ms/update", "MB");
    Chart chart = new Chart("window", "loss in nats (ln 4 = 1.386 by chance)");
    for (int window : windows) {
      chart.point("loss", window, measure(window));
    }
    print(PUBLISHED);
    chart.write(picture);
    print("drawn %s%n", picture);
  }

  /** Trains an LSTM whose state is carried over, with gradients truncated to a window. */
  private double measure(int window) throws IOException {
    Unroll<LstmState> reader =
        Unroll.of(LstmCell.of(EchoStream.SYMBOLS, options.hidden(), options.init().at("cell")));
    Linear head = Linear.of(options.hidden(), EchoStream.SYMBOLS, options.init().at("head"));
    Layer model = parts -> parts.layer("reader", reader).layer("head", head);
    Task task =
        (batch, carried, mode) -> {
          LstmState zero = reader.cell().initialState(batch.size(), DType.FLOAT32);
          LstmState state = carried.isEmpty() ? zero : zero.with(carried);
          Recurrent.Result<LstmState> r = reader.apply(Variable.of(batch.inputs()), state, mode);
          return Outcome.of(Loss.crossEntropy(), head.apply(r.outputs()), batch, r.state());
        };
    Optimizer adam = Optimizer.of(new Adam(options.learningRate()), model.parameters());
    Trainer trainer =
        new Trainer(model, task, adam, stream("training", window, steps))
            .key(options.key())
            .clip(1);
    long before = used();
    long half = steps / 2; // By then, the JVM has compiled the measured code.
    trainer.run(half);
    long start = System.nanoTime();
    trainer.run(steps);
    double ms = (System.nanoTime() - start) * 1e-6 / (steps - half);
    double kept;
    try {
      kept = (used() - before) / 1e6;
    } finally {
      Reference.reachabilityFence(trainer);
    }
    BatchSource held = stream("held out", window, ASKED);
    double loss = Evaluation.of(task, held, Metric.loss());
    double right = Evaluation.of(task, held, Metric.accuracy());
    print("%8d %8.4f %8.4f %12.2f %10.1f%n", window, loss, right, ms, kept);
    return loss;
  }

  private BatchSource stream(String part, int window, long batches) {
    EchoStream stream = new EchoStream(options.key().fold(part), delay, window);
    return BatchSource.generated(stream::window, batches);
  }

  /** Returns the used heap: a trainer retains the memory of its last update for the next. */
  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
