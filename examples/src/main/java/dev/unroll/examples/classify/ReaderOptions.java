package dev.unroll.examples.classify;

import dev.unroll.examples.fit.FitOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the model and its training, for classifiers of texts. */
public final class ReaderOptions {
  @Mixin final FitOptions fit;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training texts.")
  int epochs;

  @Option(names = "--embedding", paramLabel = "N", description = "The size of a vector.")
  int embedding;

  @Option(names = "--batch", paramLabel = "N", description = "Texts per batch.")
  int batch;

  /** Creates options with the defaults of a command. */
  public ReaderOptions(int epochs, int embedding, int hidden, int batch) {
    fit = new FitOptions(hidden, 0.002);
    this.epochs = epochs;
    this.embedding = embedding;
    this.batch = batch;
  }

  /** Returns the options that all commands share. */
  public FitOptions fit() {
    return fit;
  }
}
