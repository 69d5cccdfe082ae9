package dev.unroll.examples.study;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures what cells can remember. */
@Command(
    name = "memory",
    description = "Measures what cells can remember: the experiments of the papers.",
    sortOptions = false,
    showDefaultValues = true)
public final class MemoryCommand implements Callable<Integer> {
  /** The experiments. */
  enum Task {
    adding,
    order,
    copy
  }

  @Parameters(paramLabel = "TASK", description = "${COMPLETION-CANDIDATES}")
  private Task task;

  @Option(names = "--length", paramLabel = "N", description = "Steps, or the pause of copy.")
  private int length = 100;

  @Option(
      names = "--cells",
      paramLabel = "NAME",
      split = ",",
      description = "Which to compare, between commas.")
  private List<String> cells = List.of("rnn", "irnn", "lstm", "lstm-chrono", "gru");

  @Option(names = "--hidden", paramLabel = "N", description = "The size of each cell.")
  private int hidden = 64;

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private long steps = 3000;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Of Adam.")
  private double learningRate = 0.002;

  @Option(names = "--seed", paramLabel = "N", description = "The same one gives the same table.")
  private long seed = 1;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  private MemoryCommand() {}

  @Override
  public Integer call() throws IOException {
    if ((length < 30 && task != Task.copy) || length < 1 || hidden < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "--hidden and --steps must be at least 1, --length at least 30 (copy: 1)");
    }
    MemoryTask made =
        switch (task) {
          case adding -> new AddingProblem(length);
          case order -> new TemporalOrder(length);
          case copy -> new CopyMemory(length);
        };
    new Measurement(made, hidden, steps, learningRate, seed).print(cells, System.out);
    return 0;
  }
}
