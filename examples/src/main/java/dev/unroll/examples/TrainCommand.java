package dev.unroll.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a language model on a text, character by character. */
@Command(
    name = "train",
    description = "Trains a language model on a text, character by character.",
    sortOptions = false,
    showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--text",
      paramLabel = "PATH",
      description = "A file or folder in UTF-8 (by default: the Java sources of Lucene's core).")
  @Nullable Path text;

  @Option(names = "--cell", paramLabel = "NAME", description = "lstm, gru, rnn, ugrnn, ...")
  String cell = "lstm";

  @Option(names = "--hidden", paramLabel = "N", description = "The size of each cell.")
  int hidden = 256;

  @Option(names = "--layers", paramLabel = "N", description = "How many cells are stacked.")
  int layers = 1;

  @Option(
      names = "--embedding",
      paramLabel = "N",
      description = "The size of a character's vector.")
  int embedding = 64;

  @Option(names = "--batch", paramLabel = "N", description = "Rows that read the text in parallel.")
  int batch = 32;

  @Option(names = "--window", paramLabel = "N", description = "Steps that gradients flow back.")
  int window = 64;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Of Adam.")
  double learningRate = 0.003;

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  long steps = 1500;

  @Option(names = "--seed", paramLabel = "N", description = "The same one gives the same weights.")
  long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "By default one for each processor; the weights do not depend on it.")
  @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where to leave the model, a new folder (by default: runs/CELL-TIME).")
  @Nullable Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TrainCommand() {}

  @Override
  public Integer call() throws IOException {
    if (steps < 1) {
      throw new IllegalArgumentException("--steps must be at least 1, not " + steps);
    }
    if (threads != null && (threads < 1 || threads > 1024)) {
      throw new IllegalArgumentException("--threads must be from 1 to 1024, not " + threads);
    }
    if (threads != null) {
      System.setProperty("dev.unroll.threads", threads.toString());
    }
    Path folder = out == null ? Path.of("runs", cell + "-" + now()) : out;
    new CharacterTraining(this, folder, System.out).run();
    return 0;
  }

  private static String now() {
    return LocalDateTime.now(ZoneId.systemDefault())
        .format(DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss"));
  }
}
