package dev.unroll.optim;

import dev.unroll.tensor.Program;
import java.util.List;

/**
 * Adagrad: elements with large accumulated gradients take smaller steps. {@code s = s + g^2},
 * {@code theta = theta - rate g / (sqrt(s) + epsilon)}.
 *
 * <p>Duchi, Hazan and Singer 2011, Adaptive subgradient methods for online learning and stochastic
 * optimization, JMLR 12, figure 1 (diagonal).
 *
 * {@snippet class="snippets.OptimTest" region="Adagrad"}
 *
 * @param learningRate default 0.01; the paper names none
 * @param epsilon default 1e-10; the paper's delta, which should be small
 */
public record Adagrad(double learningRate, double epsilon) implements Rule {

  /** Checks the ranges. */
  public Adagrad {
    Checks.rate(learningRate);
    Checks.positive("epsilon", epsilon);
  }

  /** Returns the rule with its defaults. */
  public Adagrad() {
    this(0.01);
  }

  /** Returns the rule with its defaults but for the learning rate. */
  public Adagrad(double learningRate) {
    this(learningRate, 1e-10);
  }

  @Override
  public String name() {
    return "adagrad";
  }

  @Override
  public List<String> memory() {
    return List.of("sumOfSquares");
  }

  @Override
  public List<String> notNegative() {
    return memory();
  }

  @Override
  public String identity() {
    return name() + " epsilon=" + epsilon;
  }

  @Override
  public List<Integer> emit(
      Program.Builder p, double rate, long t, int theta, int g, List<Integer> memory) {
    int s = p.linearSquare(1, memory.getFirst(), 1, g);
    return List.of(p.linear(1, theta, -rate, p.divRoot(g, 1, s, epsilon)), s);
  }
}
