package dev.unroll.optim;

import dev.unroll.tensor.Program;
import java.util.List;
import java.util.Objects;

/**
 * Weight decay separate from the gradient: {@code theta = (1 - rate decay) theta}, then the rule's
 * step. Under an adaptive rule, all weights decay equally.
 *
 * <p>Loshchilov and Hutter 2019, Decoupled weight decay regularization, arXiv:1711.05101.
 *
 * {@snippet class="snippets.OptimTest" region="DecoupledDecay"}
 *
 * @param rule the rule applied after the decay
 * @param decay at least 0
 */
public record DecoupledDecay(Rule rule, double decay) implements Rule {

  /** Checks the range. */
  public DecoupledDecay {
    Objects.requireNonNull(rule, "rule");
    Checks.notNegative("decay", decay);
  }

  @Override
  public String name() {
    return rule.name() + " with decoupled decay";
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
    int decayed = decay == 0 ? theta : p.affine(theta, 1 - rate * decay, 0);
    return rule.emit(p, rate, t, decayed, g, memory);
  }
}
