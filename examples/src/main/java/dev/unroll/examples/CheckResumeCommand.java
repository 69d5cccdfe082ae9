package dev.unroll.examples;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills training runs at random times, and checks that they end as if never killed. */
@Command(
    name = "check-resume",
    description = "Kills training runs, and checks that they end as if never killed.",
    sortOptions = false,
    showDefaultValues = true)
final class CheckResumeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--kills", paramLabel = "N", description = "The number of kills (-9).")
  private int kills = 200;

  @Option(names = "--steps", paramLabel = "N", description = "Steps of each run.")
  private int steps = 300;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of the times of the kills.")
  private long seed = 1;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  private CheckResumeCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (KilledTrainings trainings =
        new KilledTrainings(spec.root().userObject().getClass(), steps, seed)) {
      trainings.run(kills, System.out);
    }
    return 0;
  }
}
