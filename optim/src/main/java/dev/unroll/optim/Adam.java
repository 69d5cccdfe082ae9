package dev.unroll.optim;

import dev.unroll.tensor.Program;
import java.util.List;

/**
 * Adam: adaptive steps from estimates of the first and second moments of the gradient.
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * theta = theta - rate m' / (sqrt(v') + epsilon), m' = m / (1 - beta1^t), v' = v / (1 - beta2^t)
 * </pre>
 *
 * <p>Kingma and Ba 2015, Adam: a method for stochastic optimization, arXiv:1412.6980, algorithm 1.
 *
 * {@snippet class="snippets.OptimTest" region="Adam"}
 *
 * @param learningRate default 0.001
 * @param beta1 default 0.9
 * @param beta2 default 0.999
 * @param epsilon default 1e-8
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon)
    implements Rule {

  /** Checks the ranges. */
  public Adam {
    Checks.rate(learningRate);
    Checks.fraction("beta1", beta1);
    Checks.fraction("beta2", beta2);
    Checks.positive("epsilon", epsilon);
  }

  /** Returns Adam as in the paper. */
  public Adam() {
    this(0.001);
  }

  /** Returns Adam as in the paper but for the learning rate. */
  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8);
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public List<String> memory() {
    return List.of("firstMoment", "secondMoment");
  }

  @Override
  public List<String> notNegative() {
    return List.of("secondMoment");
  }

  @Override
  public String identity() {
    return name() + " beta1=" + beta1 + " beta2=" + beta2 + " epsilon=" + epsilon;
  }

  @Override
  public List<Integer> emit(
      Program.Builder p, double rate, long t, int theta, int g, List<Integer> memory) {
    int m = first(p, g, memory);
    int v = second(p, g, memory);
    return List.of(move(p, rate, t, theta, m, v), m, v);
  }

  /** Emits the new first moment. */
  int first(Program.Builder p, int g, List<Integer> memory) {
    return p.linear(beta1, memory.get(0), 1 - beta1, g);
  }

  /** Emits the new second moment. */
  int second(Program.Builder p, int g, List<Integer> memory) {
    return p.linearSquare(beta2, memory.get(1), 1 - beta2, g);
  }

  /** Emits the update of the parameter from the moments. */
  int move(Program.Builder p, double rate, long t, int theta, int m, int v) {
    double correction1 = 1 - Math.pow(beta1, (double) t);
    double correction2 = 1 - Math.pow(beta2, (double) t);
    // The bias corrections and the rate are folded into existing multiplications.
    int step = p.divRoot(m, 1 / Math.sqrt(correction2), v, epsilon);
    return p.linear(1, theta, -rate / correction1, step);
  }
}
