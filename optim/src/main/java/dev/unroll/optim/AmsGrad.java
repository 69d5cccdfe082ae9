package dev.unroll.optim;

import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;
import java.util.List;
import java.util.Objects;

/**
 * Adam with the maximum of all second moments so far in place of the current one.
 *
 * <p>Reddi, Kale and Kumar 2018, On the convergence of Adam and beyond, arXiv:1904.09237, algorithm
 * 2; with Adam's bias corrections of both moments, which the paper omits, as in other libraries.
 *
 * {@snippet class="snippets.OptimTest" region="AmsGrad"}
 *
 * @param adam the hyperparameters; by default as in its paper
 */
public record AmsGrad(Adam adam) implements Rule {

  /** Checks for null. */
  public AmsGrad {
    Objects.requireNonNull(adam, "adam");
  }

  /** Returns the rule over Adam with its defaults. */
  public AmsGrad() {
    this(new Adam());
  }

  /** Returns the rule over Adam with its defaults but for the learning rate. */
  public AmsGrad(double learningRate) {
    this(new Adam(learningRate));
  }

  @Override
  public String name() {
    return "amsgrad";
  }

  @Override
  public double learningRate() {
    return adam.learningRate();
  }

  @Override
  public List<String> memory() {
    return List.of("firstMoment", "secondMoment", "largestMoment");
  }

  @Override
  public List<String> notNegative() {
    return List.of("secondMoment", "largestMoment");
  }

  @Override
  public String identity() {
    return name() + " over " + adam.identity();
  }

  @Override
  public List<Integer> emit(
      Program.Builder p, double rate, long t, int theta, int g, List<Integer> memory) {
    int m = adam.first(p, g, memory);
    int v = adam.second(p, g, memory);
    int largest = p.apply(Code.MAX, memory.get(2), v);
    return List.of(adam.move(p, rate, t, theta, m, largest), m, v, largest);
  }
}
