package dev.unroll.examples.classify;

import dev.unroll.examples.fit.FitOptions;
import dev.unroll.layers.Init;
import dev.unroll.tensor.RandomKey;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a reader of texts is made and trained. */
public final class ReaderOptions {
  @Mixin final FitOptions fit;

  @Option(names = "--epochs", paramLabel = "N", description = "How often all texts are read.")
  int epochs;

  @Option(names = "--embedding", paramLabel = "N", description = "The size of a vector.")
  int embedding;

  @Option(names = "--batch", paramLabel = "N", description = "Texts that are read at a time.")
  int batch;

  /** Returns options with the defaults of a command. */
  public ReaderOptions(int epochs, int embedding, int hidden, int batch) {
    fit = new FitOptions(hidden, 0.002);
    this.epochs = epochs;
    this.embedding = embedding;
    this.batch = batch;
  }

  /** Returns the key of all that is random but the weights at the beginning. */
  public RandomKey key() {
    return fit.key();
  }

  /** Returns where the weights at the beginning come from. */
  public Init init() {
    return fit.init();
  }
}
