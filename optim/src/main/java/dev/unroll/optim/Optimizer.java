package dev.unroll.optim;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.optim.spi.OptimizerProvider;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Registry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * Moves parameters against their gradients.
 *
 * <pre>{@code
 * Optimizer adam = Optimizer.of(new Adam(), parameters);
 * adam.update(Gradients.of(loss, parameters.values()));
 * }</pre>
 *
 * <p>All that an optimizer remembers is in its {@link #state}: an optimizer made alike that gets it
 * back by {@link #restore} goes on to the same bits. What never changes (learning rates, decay
 * rates, epsilon) is no part of the state, only the names of the rules are. Learning rates that
 * change are those of the rules times the factor of a {@link Schedule}, given with each update.
 */
public interface Optimizer {

  /**
   * Returns an optimizer that follows a rule.
   *
   * @param parameters what it moves, by the names under which its state is saved; one that has
   *     several names goes by the first
   */
  static Optimizer of(Rule rule, Map<String, Parameter> parameters) {
    return of(List.of(new Group(rule, parameters)));
  }

  /**
   * Parameters that follow one rule.
   *
   * @param rule with the learning rate, weight decay and all else that is theirs
   * @param parameters by the names under which their state is saved; one that has several names
   *     goes by the first
   */
  record Group(Rule rule, Map<String, Parameter> parameters) {

    /** Checks that nothing is null. */
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
   * Returns an optimizer by name, with the defaults of its paper. Names are those of the {@link
   * OptimizerProvider}s on the module path or class path.
   *
   * @throws IllegalArgumentException if there is none of this name; the message lists the names
   * @throws IllegalStateException if two providers have one name
   */
  static Optimizer named(String name, Map<String, Parameter> parameters) {
    Objects.requireNonNull(name, "name");
    Checks.noneNull("parameters", parameters);
    return new Registry<>(
            "optimizer",
            ServiceLoader.load(OptimizerProvider.class, OptimizerProvider.class.getClassLoader()))
        .named(name)
        .create(parameters);
  }

  /**
   * Moves each parameter that has a gradient. The others stay as they are, and so does what is
   * remembered about them.
   *
   * <p>An update is all or nothing: everything is checked before anything moves. NaN is no error
   * here; it moves what it belongs to.
   *
   * @throws IllegalArgumentException if a gradient belongs to no parameter of this, has another
   *     type or shape than its parameter, or names rows that are outside or come twice; nothing has
   *     moved then
   */
  default void update(Map<Parameter, Gradient> gradients) {
    update(gradients, 1);
  }

  /**
   * Does the same with all learning rates times a factor: {@code schedule.factor(updates())}.
   *
   * @throws IllegalArgumentException as above, or if the factor or a learning rate times the factor
   *     is negative or not finite
   */
  void update(Map<Parameter, Gradient> gradients, double factor);

  /** Returns what this moves, by name, in the order given. */
  Map<String, Parameter> parameters();

  /** Returns the number of updates so far: what a schedule counts. */
  long updates();

  /**
   * Returns what gives the state its meaning, in one line: the rules and their hyperparameters but
   * for learning rates. A checkpoint records the line, and an optimizer with another one does not
   * go on from it. It is the name of the class unless an optimizer says more.
   */
  default String identity() {
    return getClass().getName();
  }

  /** Returns all that changes from update to update, by name, always in the same order. */
  Map<String, Tensor> state();

  /**
   * Takes back what {@link #state} returned.
   *
   * @throws IllegalArgumentException if a name is missing or unknown, which may be that of a rule,
   *     a type or shape differs, a count is negative, a fraction, or larger than that of all
   *     updates, or what is remembered is NaN, infinite, or negative where its rule keeps squares;
   *     the message has the name, and nothing has changed then
   */
  void restore(Map<String, Tensor> state);
}
