package dev.unroll.optim;

import dev.unroll.autograd.Parameter;
import dev.unroll.optim.spi.OptimizerProvider;
import dev.unroll.tensor.Program;
import java.util.List;
import java.util.Map;

/**
 * How an optimizer moves one element of a parameter: the formula of its paper. Iteration, types,
 * sparse rows and state follow; see {@link Optimizer#of}.
 *
 * <p>Updates of sparse gradients are lazy: rows without a gradient keep their numbers and their
 * memory, where a gradient of zeros would have them drift on under momentum. The number of the
 * update counts for all rows alike.
 *
 * <pre>{@code
 * record Sgd(double learningRate) implements Rule {
 *   public String name() { return "sgd"; }
 *   public List<String> memory() { return List.of(); }
 *   public List<Integer> emit(
 *       Program.Builder p, double rate, long update, int theta, int g, List<Integer> memory) {
 *     return List.of(p.linear(1, theta, -rate, g));
 *   }
 * }
 * }</pre>
 */
public interface Rule extends OptimizerProvider {

  /** Returns the learning rate to begin with. */
  double learningRate();

  /** Returns the names of the numbers remembered for each element. They begin as 0. */
  List<String> memory();

  /**
   * Returns those of {@link #memory} that are never negative, such as means of squares. A state in
   * which one is negative is refused.
   */
  default List<String> notNegative() {
    return List.of();
  }

  /**
   * Returns what gives the memory its meaning, in one line: the name and every hyperparameter but
   * the learning rate, which may change from run to run. A checkpoint records the line, and a rule
   * with another one does not go on from it. It is the {@link #name} unless a rule says more.
   */
  default String identity() {
    return name();
  }

  /**
   * Adds the instructions of one update to a program.
   *
   * @param learningRate of this update
   * @param update the number of this update of the parameter, from 1
   * @param theta the register of the parameter
   * @param gradient the register of its gradient
   * @param memory the registers of what is remembered
   * @return the registers of the new parameter and the new memory, in this order
   */
  List<Integer> emit(
      Program.Builder p,
      double learningRate,
      long update,
      int theta,
      int gradient,
      List<Integer> memory);

  @Override
  default Optimizer create(Map<String, Parameter> parameters) {
    return Optimizer.of(this, parameters);
  }
}
