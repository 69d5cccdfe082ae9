package dev.unroll.optim;

import dev.unroll.tensor.Program;
import java.util.List;

/**
 * Nesterov's accelerated gradient: {@code v = momentum v + g}, {@code theta = theta - rate (g +
 * momentum v)}. The gradient is treated as that at the look-ahead point, where the velocity leads.
 *
 * <p>Nesterov 1983, A method of solving a convex programming problem with convergence rate
 * O(1/k^2); in the form of Sutskever, Martens, Dahl and Hinton 2013, On the importance of
 * initialization and momentum in deep learning, with the parameters at the look-ahead point
 * (Bengio, Boulanger-Lewandowski and Pascanu 2013, arXiv:1212.0901).
 *
 * {@snippet class="snippets.OptimTest" region="Nesterov"}
 *
 * @param learningRate default 0.1, as {@link Sgd}'s
 * @param momentum default 0.9, the smallest of the final values that Sutskever et al. tried
 */
public record Nesterov(double learningRate, double momentum) implements Rule {

  /** Checks the ranges. */
  public Nesterov {
    Checks.rate(learningRate);
    Checks.fraction("momentum", momentum);
  }

  /** Returns the rule with its defaults. */
  public Nesterov() {
    this(0.1);
  }

  /** Returns the rule with its defaults but for the learning rate. */
  public Nesterov(double learningRate) {
    this(learningRate, 0.9);
  }

  @Override
  public String name() {
    return "nesterov";
  }

  @Override
  public List<String> memory() {
    return List.of("velocity");
  }

  @Override
  public String identity() {
    return name() + " momentum=" + momentum;
  }

  @Override
  public List<Integer> emit(
      Program.Builder p, double rate, long t, int theta, int g, List<Integer> memory) {
    int v = p.linear(momentum, memory.getFirst(), 1, g);
    int ahead = p.linear(1, g, momentum, v);
    return List.of(p.linear(1, theta, -rate, ahead), v);
  }
}
