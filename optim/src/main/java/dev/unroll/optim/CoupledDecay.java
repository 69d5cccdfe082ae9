package dev.unroll.optim;

import dev.unroll.tensor.Program;
import java.util.List;
import java.util.Objects;

/**
 * Weight decay as part of the gradient: {@code g = g + decay theta}, the gradient of a penalty
 * {@code decay / 2 |theta|^2}. An adaptive rule also scales the decay, so that weights with large
 * gradients decay less; {@link DecoupledDecay} avoids this.
 *
 * <p>Krogh and Hertz 1991, A simple weight decay can improve generalization, NIPS 4.
 *
 * {@snippet class="snippets.OptimTest" region="CoupledDecay"}
 *
 * @param rule the rule that receives the gradient
 * @param decay at least 0
 */
public record CoupledDecay(Rule rule, double decay) implements Rule {

  /** Checks the range. */
  public CoupledDecay {
    Objects.requireNonNull(rule, "rule");
    Checks.notNegative("decay", decay);
  }

  @Override
  public String name() {
    return rule.name() + " with coupled decay";
  }

  @Override
  public double learningRate() {
    return rule.learningRate();
  }

  @Override
  public List<String> memory() {
    return rule.memory();
  }

  @Override
  public List<String> notNegative() {
    return rule.notNegative();
  }

  @Override
  public String identity() {
    return name() + "=" + decay + " over " + rule.identity();
  }

  @Override
  public List<Integer> emit(
      Program.Builder p, double rate, long t, int theta, int g, List<Integer> memory) {
    int penalized = decay == 0 ? g : p.linear(1, g, decay, theta);
    return rule.emit(p, rate, t, theta, penalized, memory);
  }
}
