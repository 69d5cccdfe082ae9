package dev.unroll.optim;

import dev.unroll.tensor.Program;
import java.util.List;
import java.util.Objects;

/**
 * RMSProp: the gradient over the root of its recent mean square.
 *
 * <pre>
 * s = decay s + (1 - decay) g^2
 * v = momentum v + g / (sqrt(s) + epsilon)    {@link Epsilon#OUTSIDE_ROOT}
 * v = momentum v + g / sqrt(s + epsilon)      {@link Epsilon#INSIDE_ROOT}
 * theta = theta - rate v
 * </pre>
 *
 * <p>Tieleman and Hinton 2012, Neural networks for machine learning, lecture 6.5.
 *
 * {@snippet class="snippets.OptimTest" region="RmsProp"}
 *
 * @param learningRate default 0.001
 * @param decay default 0.9
 * @param epsilon default 1e-8, as in PyTorch; the lecture has none
 * @param momentum default 0, which needs no memory for the velocity
 * @param place of epsilon, default outside the root, as in PyTorch
 */
public record RmsProp(
    double learningRate, double decay, double epsilon, double momentum, Epsilon place)
    implements Rule {

  /** Checks the ranges. */
  public RmsProp {
    Checks.rate(learningRate);
    Checks.fraction("decay", decay);
    Checks.positive("epsilon", epsilon);
    Checks.fraction("momentum", momentum);
    Objects.requireNonNull(place, "place");
  }

  /** Returns the rule as in the lecture. */
  public RmsProp() {
    this(0.001);
  }

  /** Returns the rule as in the lecture but for the learning rate. */
  public RmsProp(double learningRate) {
    this(learningRate, 0.9, 1e-8, 0);
  }

  /** Returns the rule with epsilon outside the root, as in PyTorch. */
  public RmsProp(double learningRate, double decay, double epsilon, double momentum) {
    this(learningRate, decay, epsilon, momentum, Epsilon.OUTSIDE_ROOT);
  }

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public List<String> memory() {
    return momentum == 0 ? List.of("secondMoment") : List.of("secondMoment", "velocity");
  }

  @Override
  public List<String> notNegative() {
    return List.of("secondMoment");
  }

  @Override
  public String identity() {
    return name()
        + " decay="
        + decay
        + " epsilon="
        + epsilon
        + " momentum="
        + momentum
        + " place="
        + place;
  }

  @Override
  public List<Integer> emit(
      Program.Builder p, double rate, long t, int theta, int g, List<Integer> memory) {
    int s = p.linearSquare(decay, memory.getFirst(), 1 - decay, g);
    int d = place.divide(p, g, s, epsilon);
    if (momentum == 0) {
      return List.of(p.linear(1, theta, -rate, d), s);
    }
    int v = p.linear(momentum, memory.get(1), 1, d);
    return List.of(p.linear(1, theta, -rate, v), s, v);
  }
}
