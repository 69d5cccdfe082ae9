package dev.unroll.optim;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Applies the rule of each group to its parameters. */
final class RuleOptimizer implements Optimizer {
  private static final String UPDATES = "updates";
  private static final String RULE = "rule/";

  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<Parameter, String> names = new HashMap<>();
  private final Map<Parameter, Moved> moved = new LinkedHashMap<>();
  private final String identity;
  private final List<Group> groups;
  private long updates;

  RuleOptimizer(List<Group> groups) {
    Objects.requireNonNull(groups, "groups").forEach(g -> Objects.requireNonNull(g, "group"));
    this.groups = List.copyOf(groups);
    for (Group group : groups) {
      Map<Parameter, Moved> own = new LinkedHashMap<>();
      group
          .parameters()
          .forEach((name, p) -> {
            if (moved.containsKey(p)) {
              throw new IllegalArgumentException(
                  "[optimizer] two groups have the parameter \"" + name(p) + "\"");
            }
            if (!own.containsKey(p)) {
              if (parameters.putIfAbsent(name, p) != null) {
                throw new IllegalArgumentException(
                    "[optimizer] two groups name a parameter \"" + name + "\"");
              }
              names.put(p, name);
              own.put(p, new Moved(p, group.rule()));
            }
          });
      moved.putAll(own);
    }
    identity = groups.stream().map(g -> g.rule().identity()).collect(Collectors.joining("; "));
  }

  @Override
  public void update(Map<Parameter, Gradient> gradients, double factor) {
    Checks.notNegative("factor", factor);
    Objects.requireNonNull(gradients, "gradients");
    // Everything that can fail comes first, so that an update is atomic.
    gradients.forEach(this::check);
    List<Moved.Step> steps = new ArrayList<>();
    moved.forEach((p, m) -> {
      Gradient g = gradients.get(p);
      if (g != null) {
        steps.add(m.step(g, factor));
      }
    });
    Parameter.updateTogether(
        gradients.keySet(),
        () -> {
          updates++;
          steps.forEach(Moved.Step::take);
        });
  }

  private void check(Parameter p, Gradient g) {
    Objects.requireNonNull(p, "parameter");
    if (!moved.containsKey(p)) {
      throw new IllegalArgumentException(
          "[update] a gradient is given for a "
              + p.type()
              + " "
              + p.shape()
              + " that is not a parameter of this optimizer; it has "
              + parameters.keySet());
    }
    Objects.requireNonNull(g, () -> "gradient of \"" + name(p) + "\"");
    GradientChecks.check(name(p), p, g);
  }

  private Moved of(Parameter p) {
    return Objects.requireNonNull(moved.get(p));
  }

  private String name(Parameter p) {
    return Objects.requireNonNull(names.get(p));
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
  public String identity() {
    return identity;
  }

  /** Returns the parameters of each rule, as indices into the sorted names. */
  private Map<String, Tensor> rules() {
    Map<String, List<Integer>> places = new TreeMap<>();
    int place = 0;
    for (String name : new TreeSet<>(parameters.keySet())) {
      String rule = of(Objects.requireNonNull(parameters.get(name))).rule();
      places.computeIfAbsent(RULE + rule, r -> new ArrayList<>()).add(place++);
    }
    Map<String, Tensor> rules = new LinkedHashMap<>();
    places.forEach((rule, p) -> rules.put(rule, Tensor.of(Shape.of(p.size()), doubles(p))));
    return rules;
  }

  private static double[] doubles(List<Integer> ids) {
    return ids.stream().mapToDouble(i -> i).toArray();
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put(UPDATES, Tensor.scalar(DType.FLOAT64, (double) updates));
    state.putAll(rules());
    parameters.forEach((name, p) -> of(p).save(name, state));
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    States.check(state(), state);
    rules().forEach((name, places) -> States.same(name, places, state));
    long all = States.count(UPDATES, state);
    parameters.forEach((name, p) -> of(p).check(name, state, all));
    updates = all;
    parameters.forEach((name, p) -> of(p).restore(name, state));
  }

  /** Returns the rules with all hyperparameters, and the numbers of parameters and updates. */
  @Override
  public String toString() {
    return groups.stream()
        .map(RuleOptimizer::text)
        .collect(Collectors.joining("; ", "Optimizer[", "; " + updates + " updates]"));
  }

  private static String text(Group g) {
    return g.rule().identity()
        + " learningRate="
        + g.rule().learningRate()
        + " for "
        + g.parameters().size()
        + " parameters";
  }
}
