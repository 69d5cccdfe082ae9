package dev.unroll.examples.classify;

import picocli.CommandLine.Option;

/** How a reader of texts is made and trained. */
public final class ReaderOptions {
  @Option(names = "--epochs", paramLabel = "N", description = "How often all texts are read.")
  int epochs;

  @Option(names = "--hidden", paramLabel = "N", description = "The size of each LSTM.")
  int hidden;

  @Option(names = "--embedding", paramLabel = "N", description = "The size of a vector.")
  int embedding;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Of Adam, at its height.")
  double learningRate = 0.002;

  @Option(names = "--batch", paramLabel = "N", description = "Texts that are read at a time.")
  int batch;

  @Option(names = "--seed", paramLabel = "N", description = "The same one gives the same result.")
  long seed = 1;

  /** Returns options with the defaults of a command. */
  public ReaderOptions(int epochs, int embedding, int hidden, int batch) {
    this.epochs = epochs;
    this.embedding = embedding;
    this.hidden = hidden;
    this.batch = batch;
  }

  /** Returns the seed of all that is random. */
  public long seed() {
    return seed;
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public void check() {
    if (Math.min(Math.min(epochs, hidden), Math.min(embedding, batch)) < 1) {
      throw new IllegalArgumentException(
          "--epochs, --hidden, --embedding and --batch must be at least 1");
    }
  }
}
