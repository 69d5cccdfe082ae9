package dev.unroll.examples.study;

import dev.unroll.examples.fit.FitOptions;
import dev.unroll.layers.recurrent.cells.Cells;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares all cells. */
@Command(
    name = "variants",
    description = "Compares all cells on a task that requires memory.",
    sortOptions = false,
    showDefaultValues = true)
public final class VariantsCommand implements Callable<Integer> {
  @Option(names = "--length", paramLabel = "N", description = "Steps of temporal order.")
  private int length = 60;

  @Mixin private final FitOptions options = new FitOptions(48, 0.003);

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private int steps = 1000;

  private VariantsCommand() {}

  @Override
  public Integer call() throws IOException {
    new Measurement(new TemporalOrder(length), options, steps).print(Cells.names(), System.out);
    return 0;
  }
}
