package dev.unroll.examples.study;

import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.layers.recurrent.cells.Cells;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares all cells. */
@Command(name = "variants", description = "Compares all cells on a task that requires memory.")
public final class VariantsCommand implements Application {
  @Option(names = "--length", paramLabel = "N", description = "Steps of temporal order.")
  private int length = 60;

  @Mixin private final FitOptions options = new FitOptions(48, 0.003);

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private int steps = 1000;

  @Override
  public void run() throws IOException {
    new Measurement(new TemporalOrder(length), options, steps).print(Cells.names(), System.out);
  }
}
