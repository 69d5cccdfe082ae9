package dev.unroll.optim;

import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;
import java.util.List;
import java.util.Objects;

/**
 * RMSProp with the variance of the gradient in place of its mean square.
 *
 * <pre>
 * s = decay s + (1 - decay) g^2
 * m = decay m + (1 - decay) g
 * v = momentum v + g / sqrt(s - m^2 + epsilon)      {@link Epsilon#INSIDE_ROOT}
 * v = momentum v + g / (sqrt(s - m^2) + epsilon)    {@link Epsilon#OUTSIDE_ROOT}
 * theta = theta - rate v
 * </pre>
 *
 * <p>Graves 2013, Generating sequences with recurrent neural networks, arXiv:1308.0850, equations
 * 38 to 41, adds epsilon inside the root. PyTorch's {@code RMSprop(centered=True)} adds it outside,
 * as {@link RmsProp} does, with a default of 1e-8. The two forms differ most where gradients are
 * small: an epsilon inside the root acts like its root outside. To reproduce PyTorch, use {@link
 * Epsilon#OUTSIDE_ROOT}; inside the root, the nearest value is PyTorch's epsilon squared.
 *
 * {@snippet class="snippets.OptimTest" region="CenteredRmsProp"}
 *
 * @param learningRate default 0.0001
 * @param decay default 0.95
 * @param epsilon default 0.0001
 * @param momentum default 0.9
 * @param place of epsilon, default inside the root
 */
public record CenteredRmsProp(
    double learningRate, double decay, double epsilon, double momentum, Epsilon place)
    implements Rule {

  /** Checks the ranges. */
  public CenteredRmsProp {
    Checks.rate(learningRate);
    Checks.fraction("decay", decay);
    Checks.positive("epsilon", epsilon);
    Checks.fraction("momentum", momentum);
    Objects.requireNonNull(place, "place");
  }

  /** Returns the rule with epsilon inside the root, as in the paper. */
  public CenteredRmsProp(double learningRate, double decay, double epsilon, double momentum) {
    this(learningRate, decay, epsilon, momentum, Epsilon.INSIDE_ROOT);
  }

  /** Returns the rule as in the paper. */
  public CenteredRmsProp() {
    this(0.0001);
  }

  /** Returns the rule as in the paper but for the learning rate. */
  public CenteredRmsProp(double learningRate) {
    this(learningRate, 0.95, 0.0001, 0.9);
  }

  @Override
  public String name() {
    return "rmsprop-centered";
  }

  @Override
  public List<String> memory() {
    return List.of("secondMoment", "firstMoment", "velocity");
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
    int s = p.linearSquare(decay, memory.get(0), 1 - decay, g);
    int m = p.linear(decay, memory.get(1), 1 - decay, g);
    // For a nearly constant gradient, rounding can make the variance negative.
    int variance = p.apply(Code.MAX, p.linearSquare(1, s, -1, m), p.affine(s, 0, 0));
    int d = place.divide(p, g, variance, epsilon);
    int v = p.linear(momentum, memory.get(2), 1, d);
    return List.of(p.linear(1, theta, -rate, v), s, m, v);
  }
}
