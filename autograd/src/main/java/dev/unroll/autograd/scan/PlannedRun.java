package dev.unroll.autograd.scan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.DirectBackward;
import dev.unroll.autograd.plan.Plan;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.loop.LoopRun;
import dev.unroll.tensor.loop.LoopValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run of a plan, and its backward pass. */
final class PlannedRun implements DirectBackward {
  private final Plan plan;
  private final Map<Variable, Tensor> values;
  private @Nullable LoopRun run;

  /**
   * Creates the backward pass of a run.
   *
   * @param values the values of all variables that the run reads
   */
  PlannedRun(Plan plan, LoopRun run, Map<Variable, Tensor> values) {
    this.plan = plan;
    this.run = run;
    this.values = values;
  }

  @Override
  public void backward(@Nullable Variable[] arrived, Variable[] in, Sender sender) {
    LoopRun r = run;
    Plan.Backward back = plan.backward;
    if (r == null || back == null) {
      throw new IllegalStateException("[gradients] this scan was released");
    }
    bind(r, back, arrived, in[0].shape().dim(0));
    r.backward();
    send(r, back, sender, in);
  }

  private void bind(LoopRun r, Plan.Backward back, @Nullable Variable[] g, int steps) {
    Map<Variable, Tensor> all = new HashMap<>(values);
    int results = plan.outputs.size();
    for (int i = 0; i < results + plan.carried.size(); i++) {
      boolean output = i < results;
      Variable seed = output ? back.outputSeeds().get(i) : back.nextSeeds().get(i - results);
      if (seed != null) {
        Shape shape = output ? seed.shape().insert(0, steps) : seed.shape();
        Variable given = g[i];
        all.put(seed, given == null ? Tensor.full(seed.type(), shape, 0) : given.value());
      }
    }
    plan.bindings.bind(r, 1, all::get);
  }

  private void send(LoopRun r, Plan.Backward back, Sender sender, Variable... in) {
    int sequences = plan.step.sequences.size() - 1;
    int carried = plan.carried.size();
    for (int i = 0; i < sequences; i++) {
      LoopValue d = back.sequences().get(i);
      if (d != null && in[i].requiresGradient()) {
        sender.send(i, Variable.of(r.output(d)));
      }
    }
    for (int i = 0; i < carried; i++) {
      LoopValue d = back.carried().get(i);
      if (d != null && in[sequences + i].requiresGradient()) {
        sender.send(sequences + i, Variable.of(r.last(d)));
      }
    }
    for (int i = 0; i < back.invariants().size(); i++) {
      Variable to = in[sequences + carried + i];
      for (LoopValue total : back.invariants().get(i).totals()) {
        if (to.requiresGradient()) {
          Tensor sum = r.accumulated(total).reshape(to.shape().dims());
          sender.send(sequences + carried + i, Variable.of(sum));
        }
      }
    }
  }

  @Override
  public void release() {
    LoopRun r = run;
    if (r != null) {
      r.close();
    }
    run = null;
  }

  /** Returns the tensors that a run is bound to. */
  static Map<Variable, Tensor> tensors(
      Plan plan,
      List<Variable> sequences,
      Tensor times,
      List<Variable> initial,
      Map<Variable, Tensor> invariants) {
    Map<Variable, Tensor> all = new HashMap<>(invariants);
    all.putAll(plan.constants);
    int n = plan.step.sequences.size() - 1;
    for (int i = 0; i <= n; i++) {
      all.put(plan.step.sequences.get(i), i < n ? sequences.get(i).value() : times);
    }
    for (int i = 0; i < initial.size(); i++) {
      all.put(plan.step.carried.get(i), initial.get(i).value());
    }
    return all;
  }

  /** Binds the inputs of the forward pass, and runs it. */
  static LoopRun forward(
      Plan plan, Map<Variable, Tensor> tensors, int steps, boolean ascending, boolean keeps) {
    LoopRun r = plan.loop.run(steps, ascending, keeps);
    plan.bindings.bind(r, 0, tensors::get);
    r.forward();
    return r;
  }

  /** Returns the results of a run: outputs of all steps, then the state after the last. */
  static List<Tensor> results(Plan plan, LoopRun r) {
    List<Tensor> all = new ArrayList<>();
    plan.outputs.forEach(v -> all.add(r.output(v)));
    plan.carried.forEach(v -> all.add(r.last(v)));
    return all;
  }
}
