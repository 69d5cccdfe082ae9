package dev.unroll.examples.study;

import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.CellName;
import dev.unroll.examples.fit.FitOptions;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the memory of cells. */
@Command(
    name = "memory",
    description = "Measures the memory of cells in the experiments of the papers.")
public final class MemoryCommand implements Application {
  /** Parses the name of a cell, including that of these experiments. */
  static final class Name implements ITypeConverter<String> {
    @Override
    public String convert(String name) {
      return name.equals(Measurement.CHRONO) ? name : new CellName().convert(name);
    }
  }

  /** The experiments. */
  enum Task {
    adding,
    early,
    order,
    copy
  }

  @Parameters(
      paramLabel = "TASK",
      description =
          "${COMPLETION-CANDIDATES}; early is the adding problem with both marks in the first half.")
  @SuppressWarnings("NullAway.Init") // picocli sets the field
  private Task task;

  @Option(names = "--length", paramLabel = "N", description = "Steps, or the pause of copy.")
  private int length = 100;

  @Option(
      names = "--cells",
      paramLabel = "NAME",
      split = ",",
      converter = Name.class,
      description = "The cells to compare, separated by commas.")
  private List<String> cells = List.of("rnn", "irnn", "lstm", "lstm-chrono", "gru");

  @Mixin private final FitOptions options = new FitOptions(64, 0.002);

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private int steps = 3000;

  @Override
  public void run() throws IOException {
    MemoryTask made =
        switch (task) {
          case adding -> new AddingProblem(length, AddingProblem.Marks.HALVES);
          case early -> new AddingProblem(length, AddingProblem.Marks.EARLY);
          case order -> new TemporalOrder(length);
          case copy -> new CopyMemory(length);
        };
    new Measurement(made, options, steps).print(cells, System.out);
  }
}
