package dev.unroll.optim;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Snapshot;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The exponential moving average of weights, which often predicts better than the weights
 * themselves: {@code average = decay average + (1 - decay) theta}, starting from the initial
 * weights. After n updates, {@code decay} is at most {@code (1 + n) / (10 + n)}, so that the
 * initial weights are soon forgotten.
 *
 * <p>Polyak and Juditsky 1992, Acceleration of stochastic approximation by averaging,
 * doi:10.1137/0330046; with the exponential weights and the bound of TensorFlow's
 * ExponentialMovingAverage.
 *
 * {@snippet class="snippets.OptimTest" region="WeightAverage"}
 */
public final class WeightAverage {
  private static final String UPDATES = "updates";

  private final double decay;
  private final Map<String, Parameter> parameters;
  private final Map<String, Slot> averages = new LinkedHashMap<>();
  private long updates;

  /**
   * Creates an average, starting from the current weights.
   *
   * @param decay at least 0 and below 1; 0.999 and more are usual
   * @param parameters the parameters, by the names under which the average is saved
   */
  public WeightAverage(double decay, Map<String, Parameter> parameters) {
    Checks.fraction("decay", decay);
    Checks.noneNull("parameters", parameters);
    this.decay = decay;
    this.parameters = new LinkedHashMap<>(parameters);
    parameters.forEach((name, p) -> averages.put(name, Slot.of(p.keep())));
  }

  /** Returns the decay. */
  public double decay() {
    return decay;
  }

  /** Includes the current weights in the average; to be called once after each update. */
  public void update() {
    updates++;
    double now = Math.min(decay, (1.0 + updates) / (10 + updates));
    Program.Builder p = Program.inputs(2);
    Program program = p.results(p.linear(1 - now, 0, now, 1));
    averages.forEach(
        (name, average) -> program.run("weightAverage", List.of(average), parameter(name).value()));
  }

  private Parameter parameter(String name) {
    return Objects.requireNonNull(parameters.get(name));
  }

  /** Returns a copy of the averages by name, which a layer can load. */
  public Map<String, Tensor> values() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    averages.forEach((name, average) -> values.put(name, average.keep()));
    return values;
  }

  /** Runs a task with the averages in place of the weights, which are restored afterwards. */
  public <T> T during(Supplier<T> work) {
    Objects.requireNonNull(work, "work");
    Map<String, Tensor> weights = new LinkedHashMap<>();
    Snapshot now = Snapshot.of(parameters.values());
    parameters.forEach((name, p) -> weights.put(name, now.value(p)));
    set(values());
    try {
      return work.get();
    } finally {
      set(weights);
    }
  }

  private void set(Map<String, Tensor> values) {
    Parameter.updateTogether(
        parameters.values(), () -> values.forEach((name, value) -> parameter(name).update(value)));
  }

  /** Returns the mutable state by name. */
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put(UPDATES, Tensor.scalar(DType.FLOAT64, (double) updates));
    values().forEach((name, value) -> state.put("average/" + name, value));
    return state;
  }

  /**
   * Restores what {@link #state} returned.
   *
   * @throws IllegalArgumentException if a name is missing or unknown, or a type or shape differs;
   *     nothing has changed then
   */
  public void restore(Map<String, Tensor> state) {
    States.check(state(), state);
    updates = States.count(UPDATES, state);
    averages.replaceAll((name, old) -> Slot.of(States.get("average/" + name, state)));
  }

  @Override
  public String toString() {
    return "WeightAverage[decay="
        + decay
        + ", "
        + parameters.size()
        + " parameters, "
        + updates
        + " updates]";
  }
}
