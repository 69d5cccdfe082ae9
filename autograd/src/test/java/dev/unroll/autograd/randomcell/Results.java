package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.BackwardPass;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What one way of running a setup gave: outputs, states, gradients and perhaps gradients of
 * gradients; or what it threw.
 */
record Results(List<String> names, List<Tensor> values, RuntimeException thrown) {
  private static final RuntimeException NOTHING = new RuntimeException("nothing was thrown");

  /** How far to differentiate. */
  enum Depth {
    VALUES,
    GRADIENTS,
    SECOND
  }

  static Results of(List<String> names, List<Tensor> values) {
    return new Results(List.copyOf(names), List.copyOf(values), NOTHING);
  }

  boolean isThrown() {
    return thrown != NOTHING;
  }

  static Results of(Setup s, Depth depth, Function<Setup, Scan.Result> way) {
    try {
      return compute(s, depth, way);
    } catch (RuntimeException e) {
      return new Results(List.of(), List.of(), e);
    }
  }

  private static Results compute(Setup s, Depth depth, Function<Setup, Scan.Result> way) {
    Scan.Result r =
        depth == Depth.VALUES ? Variable.withoutGradient(() -> way.apply(s)) : way.apply(s);
    List<String> names = new ArrayList<>();
    List<Tensor> values = new ArrayList<>();
    add("output", r.outputs(), names, values);
    add("state", r.carried(), names, values);
    if (depth == Depth.VALUES) {
      return of(names, values);
    }
    List<Variable> counts = new ArrayList<>();
    if (s.loss() != RandomCell.Loss.STATES) {
      counts.addAll(r.outputs());
    }
    if (s.loss() != RandomCell.Loss.OUTPUTS) {
      counts.addAll(r.carried());
    }
    Variable loss = weighed(counts, 50);
    Variable one = Variable.of(Tensor.full(loss.type(), loss.shape(), 1));
    if (depth == Depth.GRADIENTS) {
      first("gradient", loss, one, s.by(), names, values);
      return of(names, values);
    }
    List<Variable> gradients = Gradients.of(loss, one, s.by());
    add("gradient", gradients, names, values);
    if (!s.by().isEmpty()) {
      Variable norm = weighed(gradients, 90).add(weighed(squares(gradients), 130));
      first("second derivative", norm, one, s.by(), names, values);
    }
    return of(names, values);
  }

  /** Adds the gradients; what has none is a gradient of no elements. */
  private static void first(
      String what,
      Variable of,
      Variable one,
      List<Variable> by,
      List<String> names,
      List<Tensor> values) {
    Map<Variable, Variable> all =
        !of.requiresGradient()
            ? Map.of()
            : Variable.withoutGradient(() ->
                BackwardPass.of(List.of(new BackwardPass.Seed(of, one)), Set.copyOf(by), false));
    Variable none = Variable.of(Tensor.zeros(of.type(), Shape.of(0)));
    add(what, by.stream().map(v -> all.getOrDefault(v, none)).toList(), names, values);
  }

  private static void add(String what, List<Variable> of, List<String> names, List<Tensor> values) {
    for (Variable v : of) {
      names.add(what + " " + names.stream().filter(n -> n.startsWith(what)).count());
      values.add(v.value());
    }
  }

  private static List<Variable> squares(List<Variable> of) {
    return of.stream().map(v -> v.mul(v)).toList();
  }

  private static Variable weighed(List<Variable> of, long seed) {
    Variable sum = null;
    for (Variable v : of) {
      Variable weights =
          Data.constant(v.type(), seed + Arrays.hashCode(v.shape().dims()), v.shape().dims());
      Variable part = v.mul(weights).sum();
      sum = sum == null ? part : sum.add(part);
    }
    if (sum == null) {
      throw new IllegalStateException("a cell has an output or a state");
    }
    return sum;
  }

  boolean isFinite() {
    return values.stream().allMatch(t -> Arrays.stream(t.toDoubles()).allMatch(Double::isFinite));
  }
}
