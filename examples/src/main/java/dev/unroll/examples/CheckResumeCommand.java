package dev.unroll.examples;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills trainings at random moments, and sees that they end as if nothing had happened. */
@Command(
    name = "check-resume",
    description = "Kills trainings, and sees that they end as if never killed.",
    sortOptions = false,
    showDefaultValues = true)
final class CheckResumeCommand implements Callable<Integer> {
  @Option(names = "--kills", paramLabel = "N", description = "How many times to kill -9.")
  private int kills = 200;

  @Option(names = "--steps", paramLabel = "N", description = "Steps of each training.")
  private int steps = 300;

  @Option(names = "--seed", paramLabel = "N", description = "Of the moments.")
  private long seed = 1;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  private CheckResumeCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (KilledTrainings trainings = new KilledTrainings(steps, seed)) {
      trainings.run(kills, System.out);
    }
    return 0;
  }
}
