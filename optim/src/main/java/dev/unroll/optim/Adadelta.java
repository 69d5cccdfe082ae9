package dev.unroll.optim;

import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;
import java.util.List;

/**
 * Adadelta: steps in the units of the parameter, without a learning rate to choose.
 *
 * <pre>
 * s = rho s + (1 - rho) g^2
 * d = sqrt(u + epsilon) / sqrt(s + epsilon) g
 * u = rho u + (1 - rho) d^2
 * theta = theta - rate d
 * </pre>
 *
 * <p>Zeiler 2012, ADADELTA: an adaptive learning rate method, arXiv:1212.5701, algorithm 1.
 *
 * {@snippet class="snippets.OptimTest" region="Adadelta"}
 *
 * @param learningRate default 1: the paper has none
 * @param rho default 0.95
 * @param epsilon default 1e-6
 */
public record Adadelta(double learningRate, double rho, double epsilon) implements Rule {

  /** Checks the ranges. */
  public Adadelta {
    Checks.rate(learningRate);
    Checks.fraction("rho", rho);
    Checks.positive("epsilon", epsilon);
  }

  /** Returns the rule as in the paper. */
  public Adadelta() {
    this(1);
  }

  /** Returns the rule as in the paper but for the learning rate. */
  public Adadelta(double learningRate) {
    this(learningRate, 0.95, 1e-6);
  }

  @Override
  public String name() {
    return "adadelta";
  }

  @Override
  public List<String> memory() {
    return List.of("squaredGradient", "squaredStep");
  }

  @Override
  public List<String> notNegative() {
    return memory();
  }

  @Override
  public String identity() {
    return name() + " rho=" + rho + " epsilon=" + epsilon;
  }

  @Override
  public List<Integer> emit(
      Program.Builder p, double rate, long t, int theta, int g, List<Integer> memory) {
    int s = p.linearSquare(rho, memory.get(0), 1 - rho, g);
    int ratio = p.apply(Code.DIV, p.affine(memory.get(1), 1, epsilon), p.affine(s, 1, epsilon));
    int d = p.mul(p.apply(Code.SQRT, ratio), g);
    int u = p.linearSquare(rho, memory.get(1), 1 - rho, d);
    return List.of(p.linear(1, theta, -rate, d), s, u);
  }
}
