package dev.unroll.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a language model of characters or words on a text. */
@Command(
    name = "train",
    description = "Trains a language model of characters or words on a text.",
    sortOptions = false,
    showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
  private static final Set<String> WHEN_RESUMED =
      Set.of("--resume", "--steps", "--checkpoint", "--threads");

  @Spec private CommandSpec spec;
  @Mixin private TrainOptions options;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "By default one per processor; the weights do not depend on it.")
  private @Nullable Integer threads;

  @Option(
      names = "--checkpoint",
      paramLabel = "N",
      description = "Steps between checkpoints, which a crash may lose.")
  private int checkpoint = 250;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "A new folder for the model (by default: runs/CELL-TIME).")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "FOLDER",
      description = "Resume this run as if it had never stopped; --steps may extend it.")
  private @Nullable Path resume;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  private TrainCommand() {}

  @Override
  public Integer call() throws IOException {
    if (threads != null) {
      System.setProperty("dev.unroll.threads", threads.toString());
    }
    if (resume != null) {
      resume(new RunFolder(resume));
    } else {
      Path folder = out == null ? Path.of("runs", options.cell + "-" + now()) : out;
      TextTraining.begin(options, new RunFolder(folder), checkpoint, System.out);
    }
    return 0;
  }

  private void resume(RunFolder folder) throws IOException {
    String[] more = {};
    for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
      if (given.longestName().equals("--steps")) {
        more = new String[] {"--steps=" + options.steps};
      }
      if (!WHEN_RESUMED.contains(given.longestName())) {
        throw new IllegalArgumentException(
            given.longestName() + " is part of the run and cannot be given with --resume");
      }
    }
    TrainOptions then = TrainOptions.read(folder.expect(folder.options()), more);
    TextTraining.resume(then, folder, checkpoint, System.out);
  }

  private static String now() {
    return LocalDateTime.now(ZoneId.systemDefault())
        .format(DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss"));
  }
}
