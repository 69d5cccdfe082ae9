package dev.unroll.optim;

import dev.unroll.tensor.Program;
import java.util.List;

/**
 * Gradient descent with a velocity, the heavy ball: {@code v = momentum v + g}, {@code theta =
 * theta - rate v}.
 *
 * <p>Polyak 1964, Some methods of speeding up the convergence of iteration methods,
 * doi:10.1016/0041-5553(64)90137-5.
 *
 * {@snippet class="snippets.OptimTest" region="Momentum"}
 *
 * @param learningRate default 0.1, as {@link Sgd}'s
 * @param momentum default 0.9; the paper derives it from the problem's curvature and gives no value
 */
public record Momentum(double learningRate, double momentum) implements Rule {

  /** Checks the ranges. */
  public Momentum {
    Checks.rate(learningRate);
    Checks.fraction("momentum", momentum);
  }

  /** Returns the rule with its defaults. */
  public Momentum() {
    this(0.1);
  }

  /** Returns the rule with its defaults but for the learning rate. */
  public Momentum(double learningRate) {
    this(learningRate, 0.9);
  }

  @Override
  public String name() {
    return "momentum";
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
    return List.of(p.linear(1, theta, -rate, v), v);
  }
}
