package dev.unroll.examples;

import dev.unroll.examples.fit.CellName;
import dev.unroll.files.AtomicFile;
import dev.unroll.files.FileErrors;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.text.read.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that decide the weights of a run: all that is needed to repeat or resume it. */
final class TrainOptions {
  @Option(
      names = "--text",
      paramLabel = "PATH",
      description = "A file or folder in UTF-8 (by default: the Java sources of Lucene's core).")
  @Nullable Path text;

  @Option(
      names = "--valid",
      paramLabel = "PATH|X",
      description = "A file or folder that is held out, or a fraction of the end of the text.")
  String valid = "0.1";

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description = "characters, or words: the text between spaces, and each end of a line.")
  Unit unit = Unit.CHARACTERS;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      description = "The most frequent characters or words; the others are unknown.")
  int vocabulary = 10_000;

  @Option(
      names = "--cell",
      paramLabel = "NAME",
      converter = CellName.class,
      description = "lstm, gru, rnn, ugrnn, ...")
  String cell = "lstm";

  @Option(names = "--hidden", paramLabel = "N", description = "The size of each cell.")
  int hidden = 256;

  @Option(names = "--layers", paramLabel = "N", description = "The number of stacked cells.")
  int layers = 1;

  @Option(names = "--embedding", paramLabel = "N", description = "The size of an embedding.")
  int embedding = 64;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      description = "The rate of dropout before each cell and before the softmax.")
  double dropout;

  @Option(names = "--batch", paramLabel = "N", description = "Rows that read the text in parallel.")
  int batch = 8;

  @Option(names = "--window", paramLabel = "N", description = "Steps of truncated backpropagation.")
  int window = 64;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "The learning rate of Adam, which decays to 0 as half a cosine.")
  double learningRate = 0.006;

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  int steps = 5600;

  @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same weights.")
  long seed = 1;

  /** The hash of the text: see {@link Corpus#fingerprint}. */
  @Option(names = "--fingerprint", hidden = true)
  long fingerprint;

  LanguageModel.Config model(int tokens) {
    return new LanguageModel.Config(cell, tokens, embedding, hidden, layers);
  }

  /** Writes the options, one in a line: {@code ./unroll train @FILE} repeats the run. */
  void write(Path file) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (OptionSpec option : new CommandLine(this).getCommandSpec().options()) {
      if (option.getValue() != null) {
        lines
            .append(option.longestName())
            .append('=')
            .append(option.<Object>getValue())
            .append('\n');
      }
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param more options that take the place of those in the file
   */
  static TrainOptions read(Path file, String... more) throws IOException {
    List<String> lines = new ArrayList<>(Texts.read(file).lines().toList());
    lines.addAll(Arrays.asList(more));
    TrainOptions options = new TrainOptions();
    CommandLine parser = new CommandLine(options);
    Count.limit(parser.getCommandSpec());
    try {
      parser
          .setOverwrittenOptionsAllowed(true)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setExpandAtFiles(false)
          .parseArgs(lines.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new IOException(file + ": " + FileErrors.escape(String.valueOf(e.getMessage())), e);
    }
    return options;
  }
}
