package dev.unroll.optim;

import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;
import java.util.List;
import java.util.Objects;

/**
 * Adam that never forgets how large a gradient was: the second moment is the largest so far.
 *
 * <p>Reddi, Kale and Kumar 2018, On the convergence of Adam and beyond, arXiv:1904.09237, algorithm
 * 2; with Adam's corrections of both moments, which the paper leaves out and users expect.
 *
 * @param adam whose moments are taken; by default as in its paper
 */
public record AmsGrad(Adam adam) implements Rule {

  /** Checks that there is one. */
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
