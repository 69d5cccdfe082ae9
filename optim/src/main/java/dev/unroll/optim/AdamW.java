package dev.unroll.optim;

import dev.unroll.tensor.Program;
import java.util.List;
import java.util.Objects;

/**
 * Adam with decoupled weight decay: {@link DecoupledDecay} over {@link Adam}.
 *
 * <p>Loshchilov and Hutter 2019, Decoupled weight decay regularization, arXiv:1711.05101, algorithm
 * 2.
 *
 * {@snippet class="snippets.OptimTest" region="AdamW"}
 *
 * @param adam default as in its paper
 * @param decay default 0.01; the paper tunes it for each problem
 */
public record AdamW(Adam adam, double decay) implements Rule {

  /** Checks the range. */
  public AdamW {
    Objects.requireNonNull(adam, "adam");
    Checks.notNegative("decay", decay);
  }

  /** Returns the rule with its defaults. */
  public AdamW() {
    this(new Adam(), 0.01);
  }

  /** Returns the rule with its defaults but for the learning rate. */
  public AdamW(double learningRate) {
    this(learningRate, 0.01);
  }

  /** Returns the rule with its defaults but for the learning rate and the decay. */
  public AdamW(double learningRate, double decay) {
    this(new Adam(learningRate), decay);
  }

  @Override
  public String name() {
    return "adamw";
  }

  @Override
  public double learningRate() {
    return adam.learningRate();
  }

  @Override
  public List<String> memory() {
    return adam.memory();
  }

  @Override
  public List<String> notNegative() {
    return adam.notNegative();
  }

  @Override
  public String identity() {
    return name() + " decay=" + decay + " over " + adam.identity();
  }

  @Override
  public List<Integer> emit(
      Program.Builder p, double rate, long t, int theta, int g, List<Integer> memory) {
    return new DecoupledDecay(adam, decay).emit(p, rate, t, theta, g, memory);
  }
}
