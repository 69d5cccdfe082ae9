package dev.unroll.optim;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Applies a rule to every parameter. */
final class RuleOptimizer implements Optimizer {
  private static final String UPDATES = "updates";
  private static final String RATE = "learningRate";

  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<Parameter, Moved> moved = new LinkedHashMap<>();
  private double learningRate;
  private long updates;

  RuleOptimizer(Rule rule, Map<String, Parameter> parameters) {
    learningRate = rule.learningRate();
    parameters.forEach((name, p) -> {
      if (!moved.containsKey(p)) {
        this.parameters.put(name, p);
        moved.put(p, new Moved(p, rule));
      }
    });
  }

  @Override
  public void update(Map<Parameter, Gradient> gradients) {
    gradients.forEach(this::check);
    updates++;
    moved.forEach((p, m) -> {
      Gradient g = gradients.get(p);
      if (g != null) {
        m.update(g, learningRate);
      }
    });
  }

  private void check(Parameter p, Gradient g) {
    if (!moved.containsKey(p)) {
      throw new IllegalArgumentException(
          "[update] a gradient is given for a "
              + p.type()
              + " "
              + p.shape()
              + " that is no parameter of this optimizer; it has "
              + parameters.keySet());
    }
    Shape shape =
        g instanceof Gradient.Sparse s ? s.values().shape().with(0, s.size()) : g.values().shape();
    if (g.values().type() != p.type() || !shape.equals(p.shape())) {
      throw new IllegalArgumentException(
          "[update] the gradient of \""
              + name(p)
              + "\" must be "
              + p.type()
              + " "
              + p.shape()
              + ", given "
              + g.values().type()
              + " "
              + shape);
    }
  }

  private Moved of(Parameter p) {
    return Objects.requireNonNull(moved.get(p));
  }

  private String name(Parameter p) {
    return parameters.entrySet().stream()
        .filter(e -> e.getValue() == p)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("?");
  }

  @Override
  public Map<String, Parameter> parameters() {
    return new LinkedHashMap<>(parameters);
  }

  @Override
  public long updates() {
    return updates;
  }

  @Override
  public double learningRate() {
    return learningRate;
  }

  @Override
  public void learningRate(double rate) {
    Checks.rate(rate);
    learningRate = rate;
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put(UPDATES, Tensor.scalar(DType.FLOAT64, (double) updates));
    state.put(RATE, Tensor.scalar(DType.FLOAT64, learningRate));
    parameters.forEach((name, p) -> of(p).save(name, state));
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    States.check(state(), state);
    double rate = States.get(RATE, state).item();
    Checks.rate(rate);
    updates = States.count(UPDATES, state);
    learningRate = rate;
    parameters.forEach((name, p) -> of(p).restore(name, state));
  }
}
