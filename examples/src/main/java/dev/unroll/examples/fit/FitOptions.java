package dev.unroll.examples.fit;

import dev.unroll.layers.Init;
import dev.unroll.tensor.RandomKey;
import picocli.CommandLine.Option;

/** Options of the model and its training that all commands share. */
public final class FitOptions {
  @Option(names = "--hidden", paramLabel = "N", description = "The size of a hidden state.")
  private int hidden;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "The peak learning rate of Adam.")
  private double learningRate;

  @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same result.")
  private long seed = 1;

  /** Creates options with the defaults of a command. */
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

  /** Returns the seed of all randomness. */
  public long seed() {
    return seed;
  }

  /** Returns the key of all randomness except the initial weights. */
  public RandomKey key() {
    return RandomKey.of(seed);
  }

  /** Returns the source of the initial weights. */
  public Init init() {
    return Init.seed(seed);
  }

  /** Returns a training recipe of a number of updates with these options. */
  public Fit fit(long steps) {
    return new Fit(steps, learningRate, key());
  }
}
