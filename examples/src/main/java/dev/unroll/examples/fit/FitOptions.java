package dev.unroll.examples.fit;

import dev.unroll.layers.Init;
import dev.unroll.tensor.RandomKey;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/** How a model is made and trained, as far as all commands ask it alike. */
public final class FitOptions {
  @Option(names = "--hidden", paramLabel = "N", description = "The size of a hidden state.")
  private int hidden;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Of Adam, at its height.")
  private double learningRate;

  @Option(names = "--seed", paramLabel = "N", description = "The same one gives the same result.")
  private long seed = 1;

  /** Returns options with the defaults of a command. */
  public FitOptions(int hidden, double learningRate) {
    this.hidden = hidden;
    this.learningRate = learningRate;
  }

  /** Returns the size of a hidden state, at least 1. */
  public int hidden() {
    return hidden;
  }

  /** Returns Adam's learning rate. */
  public double learningRate() {
    return learningRate;
  }

  /** Returns the key of all that is random but the weights at the beginning. */
  public RandomKey key() {
    return RandomKey.of(seed);
  }

  /** Returns where the weights at the beginning come from. */
  public Init init() {
    return Init.seed(seed);
  }

  /**
   * Returns a training with these options.
   *
   * @param steps updates of the weights
   * @param out where to show how far it is
   */
  public Fit fit(long steps, PrintStream out) {
    return new Fit(steps, learningRate, key(), out);
  }
}
