package dev.unroll.optim;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Moves parameters against their gradients.
 *
 * {@snippet class="snippets.OptimTest" region="Optimizer"}
 *
 * <p>All mutable state is in {@link #state}: an equally configured optimizer that {@linkplain
 * #restore restores} it continues bit for bit. Hyperparameters (learning rates, decay rates,
 * epsilon) are not part of the state, only the names of the rules are. Learning rates vary by the
 * factor of a {@link Schedule}, passed to each update.
 */
public interface Optimizer {

  /**
   * Returns an optimizer that applies a rule.
   *
   * @param parameters the parameters to update, by the names under which their state is saved; the
   *     first name is used for a parameter with several
   */
  static Optimizer of(Rule rule, Map<String, Parameter> parameters) {
    return of(List.of(new Group(rule, parameters)));
  }

  /**
   * Parameters with a rule of their own.
   *
   * {@snippet class="snippets.OptimTest" region="Group"}
   *
   * @param rule the rule, with its learning rate, weight decay and other hyperparameters
   * @param parameters the parameters, by the names under which their state is saved; the first name
   *     is used for a parameter with several
   */
  record Group(Rule rule, Map<String, Parameter> parameters) {

    /** Checks for null. */
    public Group {
      Objects.requireNonNull(rule, "rule");
      Checks.noneNull("parameters", parameters);
    }
  }

  /**
   * Returns an optimizer of several groups of parameters, each with a rule of its own.
   *
   * @throws IllegalArgumentException if two groups have a parameter or a name in common
   */
  static Optimizer of(List<Group> groups) {
    return new RuleOptimizer(groups);
  }

  /**
   * Updates each parameter that has a gradient. The others and their state are unchanged.
   *
   * <p>An update is atomic: all gradients are checked before any parameter changes. NaN is not an
   * error; it propagates to the elements concerned.
   *
   * @throws IllegalArgumentException if a gradient is not of a parameter of this optimizer, differs
   *     from its parameter in type or shape, or has rows that are out of range or repeated; no
   *     parameter has changed then
   */
  default void update(Map<Parameter, Gradient> gradients) {
    update(gradients, 1);
  }

  /**
   * Updates with all learning rates multiplied by a factor: {@code schedule.factor(updates())}.
   *
   * @throws IllegalArgumentException as above, or if the factor or a learning rate times the factor
   *     is negative or not finite
   */
  void update(Map<Parameter, Gradient> gradients, double factor);

  /** Returns the parameters by name, in the given order. */
  Map<String, Parameter> parameters();

  /** Returns the number of updates so far, the argument of a schedule. */
  long updates();

  /**
   * Returns a one-line description of the configuration that the state depends on: the rules and
   * their hyperparameters except learning rates. A checkpoint records it, and an optimizer of
   * another identity refuses to resume from it. The default is the class name.
   */
  default String identity() {
    return getClass().getName();
  }

  /** Returns the mutable state by name, always in the same order. */
  Map<String, Tensor> state();

  /**
   * Restores what {@link #state} returned.
   *
   * @throws IllegalArgumentException if a name is missing or unknown (rule names included), a type
   *     or shape differs, a count is negative, fractional, or greater than the total number of
   *     updates, or a value is NaN, infinite, or negative where the rule accumulates squares; the
   *     message has the name, and nothing has changed then
   */
  void restore(Map<String, Tensor> state);
}
