package dev.unroll.examples;

import dev.unroll.examples.fit.CellName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a character-level language model on a text. */
@Command(
    name = "train",
    description = "Trains a character-level language model on a text.",
    sortOptions = false,
    showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
  private static final Set<String> WHEN_RESUMED =
      Set.of("--resume", "--steps", "--checkpoint", "--threads");

  @Spec private CommandSpec spec;

  @Option(
      names = "--text",
      paramLabel = "PATH",
      description = "A file or folder in UTF-8 (by default: the Java sources of Lucene's core).")
  private @Nullable Path text;

  @Option(
      names = "--cell",
      paramLabel = "NAME",
      converter = CellName.class,
      description = "lstm, gru, rnn, ugrnn, ...")
  private String cell = "lstm";

  @Option(names = "--hidden", paramLabel = "N", description = "The size of each cell.")
  private int hidden = 256;

  @Option(names = "--layers", paramLabel = "N", description = "The number of stacked cells.")
  private int layers = 1;

  @Option(
      names = "--embedding",
      paramLabel = "N",
      description = "The size of a character's embedding.")
  private int embedding = 64;

  @Option(names = "--batch", paramLabel = "N", description = "Rows that read the text in parallel.")
  private int batch = 32;

  @Option(names = "--window", paramLabel = "N", description = "Steps of truncated backpropagation.")
  private int window = 64;

  @Option(names = "--learning-rate", paramLabel = "X", description = "The learning rate of Adam.")
  private double learningRate = 0.003;

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private int steps = 1500;

  @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same weights.")
  private long seed = 1;

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
      Path folder = out == null ? Path.of("runs", cell + "-" + now()) : out;
      CharacterTraining.begin(config(), new RunFolder(folder), checkpoint, System.out);
    }
    return 0;
  }

  private void resume(RunFolder folder) throws IOException {
    boolean more = false;
    for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
      more |= given.longestName().equals("--steps");
      if (!WHEN_RESUMED.contains(given.longestName())) {
        throw new IllegalArgumentException(
            given.longestName() + " is part of the run and cannot be given with --resume");
      }
    }
    RunConfig then = folder.readConfig();
    RunConfig now = more ? then.withSteps(steps) : then;
    CharacterTraining.resume(now, folder, checkpoint, System.out);
  }

  private RunConfig config() {
    String path = text == null ? null : text.toAbsolutePath().toString();
    return new RunConfig(
        path, 0, cell, embedding, hidden, layers, batch, window, learningRate, steps, seed);
  }

  private static String now() {
    return LocalDateTime.now(ZoneId.systemDefault())
        .format(DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss"));
  }
}
