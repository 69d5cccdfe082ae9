package dev.unroll.optim;

import dev.unroll.tensor.Program;
import java.util.List;

/**
 * The update formula of an optimizer for one element of a parameter. Iteration, types, sparse rows
 * and state are handled by {@link Optimizer#of}.
 *
 * <p>Updates of sparse gradients are lazy: rows without a gradient and their memory are unchanged,
 * whereas a zero gradient would move them under momentum. The update number is common to all rows.
 *
 * {@snippet class="snippets.OptimTest" region="Rule"}
 */
public interface Rule {

  /** Returns the name, in lower case: {@code adam}. */
  String name();

  /** Returns the initial learning rate. */
  double learningRate();

  /** Returns the names of the state variables of each element. They are initialized to 0. */
  List<String> memory();

  /**
   * Returns those of {@link #memory} that are never negative, such as means of squares. A state
   * with a negative value is rejected.
   */
  default List<String> notNegative() {
    return List.of();
  }

  /**
   * Returns a one-line description of what the memory depends on: the name and every hyperparameter
   * except the learning rate, which may change from run to run. A checkpoint records it, and a rule
   * of another identity refuses to resume from it. The default is the {@link #name}.
   */
  default String identity() {
    return name();
  }

  /**
   * Adds the instructions of one update to a program.
   *
   * @param learningRate the learning rate of this update
   * @param update the number of this update of the parameter, from 1
   * @param theta the register of the parameter
   * @param gradient the register of its gradient
   * @param memory the registers of the memory
   * @return the registers of the new parameter and the new memory, in this order
   */
  List<Integer> emit(
      Program.Builder p,
      double learningRate,
      long update,
      int theta,
      int gradient,
      List<Integer> memory);
}
