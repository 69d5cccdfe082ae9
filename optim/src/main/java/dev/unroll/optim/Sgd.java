package dev.unroll.optim;

import dev.unroll.tensor.Program;
import java.util.List;

/**
 * Stochastic gradient descent: {@code theta = theta - rate g}.
 *
 * <p>Robbins and Monro 1951, A stochastic approximation method, doi:10.1214/aoms/1177729586.
 *
 * {@snippet class="snippets.OptimTest" region="Sgd"}
 *
 * @param learningRate default 0.1; the paper asks for rates that decrease and names no first one
 */
public record Sgd(double learningRate) implements Rule {

  /** Checks the range. */
  public Sgd {
    Checks.rate(learningRate);
  }

  /** Returns the rule with its default. */
  public Sgd() {
    this(0.1);
  }

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public List<String> memory() {
    return List.of();
  }

  @Override
  public List<Integer> emit(
      Program.Builder p, double rate, long t, int theta, int g, List<Integer> memory) {
    return List.of(p.linear(1, theta, -rate, g));
  }
}
