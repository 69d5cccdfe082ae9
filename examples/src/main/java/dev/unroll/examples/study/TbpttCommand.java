package dev.unroll.examples.study;

import dev.unroll.examples.fit.DrawnBatches;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.examples.picture.Chart;
import dev.unroll.examples.picture.Output;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.Evaluation;
import dev.unroll.training.Metric;
import dev.unroll.training.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the cost and the savings of truncated backpropagation through time. */
@Command(
    name = "tbptt",
    description = "Shows what truncated backpropagation costs and saves.",
    sortOptions = false,
    showDefaultValues = true)
public final class TbpttCommand implements Callable<Integer> {
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

  private final PrintStream out = System.out;

  private TbpttCommand() {}

  @Override
  public Integer call() throws IOException {
    Output.file(picture);
    out.printf(
        Locale.ROOT,
        "predict the symbol of %d steps before, out of 4; %,d updates of %d streams each%n"
            + "%8s %8s %8s %12s %10s%n",
        delay,
        steps,
        EchoStream.ROWS,
        "window",
        "loss",
        "right",
        "ms/update",
        "MB");
    Chart chart = new Chart("window", "loss in nats (ln 4 = 1.386 by chance)");
    for (int window : windows) {
      chart.point("loss", window, measure(window));
    }
    out.print(PUBLISHED);
    chart.write(picture);
    out.println("drawn " + picture);
    return 0;
  }

  private double measure(int window) throws IOException {
    EchoModel model = EchoModel.of(options.hidden(), options.init());
    RandomKey key = options.key();
    Trainer trainer =
        new Trainer(
                model,
                model,
                Optimizer.of(new Adam(options.learningRate()), model.parameters()),
                new DrawnBatches(
                    new EchoStream(key.fold("training"), delay, window)::window, steps))
            .key(key)
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
    DrawnBatches held =
        new DrawnBatches(new EchoStream(key.fold("held out"), delay, window)::window, ASKED);
    Map<String, Double> found =
        Evaluation.of(model, held, List.of(Metric.loss(), Metric.accuracy()));
    double loss = found.getOrDefault(Metric.loss().name(), Double.NaN);
    double right = found.getOrDefault(Metric.accuracy().name(), Double.NaN);
    out.printf(Locale.ROOT, "%8d %8.4f %8.4f %12.2f %10.1f%n", window, loss, right, ms, kept);
    return loss;
  }

  /** Returns the used heap: a trainer retains the memory of its last update for the next. */
  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
