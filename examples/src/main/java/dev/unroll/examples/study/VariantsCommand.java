package dev.unroll.examples.study;

import dev.unroll.layers.recurrent.Cells;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares every cell there is. */
@Command(
    name = "variants",
    description = "Compares every cell there is on one task that needs memory.",
    sortOptions = false,
    showDefaultValues = true)
public final class VariantsCommand implements Callable<Integer> {
  @Option(names = "--length", paramLabel = "N", description = "Steps of temporal order.")
  private int length = 60;

  @Option(names = "--hidden", paramLabel = "N", description = "The size of each cell.")
  private int hidden = 48;

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private long steps = 1000;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Of Adam.")
  private double learningRate = 0.003;

  @Option(names = "--seed", paramLabel = "N", description = "The same one gives the same table.")
  private long seed = 1;

  private VariantsCommand() {}

  @Override
  public Integer call() throws IOException {
    if (length < 30 || hidden < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "--hidden and --steps must be at least 1, --length at least 30");
    }
    new Measurement(new TemporalOrder(length), hidden, steps, learningRate, seed)
        .print(Cells.names(), System.out);
    return 0;
  }
}
