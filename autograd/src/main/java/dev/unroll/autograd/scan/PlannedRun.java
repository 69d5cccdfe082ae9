package dev.unroll.autograd.scan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.DirectBackward;
import dev.unroll.autograd.plan.Lowering;
import dev.unroll.autograd.plan.Plan;
import dev.unroll.tensor.RecurrenceRun;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run of a plan, and its backward pass. */
final class PlannedRun implements DirectBackward {
  private final Plan plan;
  private final Map<Variable, Tensor> values;
  private @Nullable RecurrenceRun run;

  /**
   * Makes the backward pass of a run.
   *
   * @param values of the loop-invariants
   */
  PlannedRun(Plan plan, RecurrenceRun run, Map<Variable, Tensor> values) {
    this.plan = plan;
    this.run = run;
    this.values = values;
  }

  @Override
  public void backward(@Nullable Variable[] arrived, Variable[] in, Sender sender) {
    RecurrenceRun r = run;
    Plan.Backward back = plan.backward;
    if (r == null || back == null) {
      throw new IllegalStateException("[gradients] this scan was released");
    }
    bind(r, back, arrived, in[0].shape().dim(0));
    r.backward();
    send(r, back, sender, in);
  }

  private void bind(RecurrenceRun r, Plan.Backward back, @Nullable Variable[] g, int steps) {
    int results = plan.outputs.size();
    for (int i = 0; i < results; i++) {
      int seed = back.outputSeeds().get(i);
      Variable given = g[i];
      if (seed >= 0) {
        Tensor zero =
            Tensor.full(plan.step.type(), 0, plan.step.outputs.get(i).shape().insert(0, steps));
        r.sequence(seed, given == null ? zero : given.value());
      }
    }
    for (int i = 0; i < plan.carried.size(); i++) {
      int seed = back.nextSeeds().get(i);
      Variable given = g[results + i];
      if (seed >= 0) {
        Tensor zero = Tensor.full(plan.step.type(), 0, plan.step.carried.get(i).shape());
        r.initial(seed, given == null ? zero : given.value());
      }
    }
    back.sequences().stream().filter(v -> v >= 0).forEach(r::expect);
    for (Map.Entry<Lowering.Matrix, Integer> m : plan.matrices.entrySet()) {
      Tensor w = values.get(m.getKey().of());
      if (m.getKey().transposed() && w != null) { // The others are bound since the forward pass.
        r.matrix(m.getValue(), w, true);
      }
    }
  }

  private void send(RecurrenceRun r, Plan.Backward back, Sender sender, Variable... in) {
    int sequences = plan.step.sequences.size() - 1;
    int carried = plan.carried.size();
    for (int i = 0; i < sequences; i++) {
      int d = back.sequences().get(i);
      if (d >= 0 && in[i].requiresGradient()) {
        sender.send(i, Variable.of(r.output(d)));
      }
    }
    for (int i = 0; i < carried; i++) {
      int seed = back.nextSeeds().get(i);
      if (seed >= 0 && in[sequences + i].requiresGradient()) {
        sender.send(sequences + i, Variable.of(r.last(seed)));
      }
    }
    for (int i = 0; i < back.invariants().size(); i++) {
      Variable to = in[sequences + carried + i];
      for (int total : back.invariants().get(i).totals()) {
        if (to.requiresGradient()) {
          Tensor sum = r.total(total).reshape(to.shape().dims());
          sender.send(sequences + carried + i, Variable.of(sum));
        }
      }
    }
  }

  @Override
  public void release() {
    RecurrenceRun r = run;
    if (r != null) {
      r.close();
    }
    run = null;
  }

  /** Binds what the way forward needs, and runs it. */
  static RecurrenceRun forward(
      Plan plan,
      List<Variable> sequences,
      Tensor times,
      List<Variable> initial,
      Map<Variable, Tensor> values,
      boolean ascending,
      boolean keeps) {
    RecurrenceRun r = plan.recurrence.run(times.shape().dim(0), ascending, keeps);
    Map<Variable, Tensor> all = new HashMap<>(values);
    all.putAll(plan.constants);
    int n = plan.step.sequences.size() - 1;
    for (int i = 0; i <= n; i++) {
      all.put(plan.step.sequences.get(i), i < n ? sequences.get(i).value() : times);
    }
    plan.inputs.forEach((v, number) -> {
      Tensor t = all.get(v);
      if (t == null) {
        return; // A gradient, bound on the way back.
      }
      boolean invariant = plan.step.isInvariant(v);
      if (number < 0) {
        r.foreign(number, t, !invariant);
      } else if (invariant) {
        r.constant(number, t);
      } else {
        r.sequence(number, t);
      }
    });
    plan.ids.forEach((v, number) -> r.ids(number, valueOf(all, v)));
    plan.matrices.forEach((m, number) -> {
      if (!m.transposed()) {
        r.matrix(number, valueOf(all, m.of()), false);
      }
    });
    for (int i = 0; i < initial.size(); i++) {
      r.initial(plan.carried.get(i), initial.get(i).value());
    }
    plan.outputs.forEach(r::expect);
    r.forward();
    return r;
  }

  private static Tensor valueOf(Map<Variable, Tensor> all, Variable v) {
    Tensor t = all.get(v);
    if (t == null) {
      throw new IllegalStateException("[plan] no value: " + v);
    }
    return t;
  }

  /** Returns the results of a run: outputs of all steps, then what is carried on. */
  static List<Tensor> results(Plan plan, RecurrenceRun r) {
    List<Tensor> all = new ArrayList<>();
    plan.outputs.forEach(v -> all.add(r.output(v)));
    plan.carried.forEach(v -> all.add(r.last(v)));
    return all;
  }
}
