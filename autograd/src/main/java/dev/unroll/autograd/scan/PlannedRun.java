package dev.unroll.autograd.scan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.DirectBackward;
import dev.unroll.autograd.op.Indexing.ScatterAdd;
import dev.unroll.autograd.plan.Lowered;
import dev.unroll.autograd.plan.Plan;
import dev.unroll.autograd.plan.Role;
import dev.unroll.tensor.Rows;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.loop.LoopRun;
import dev.unroll.tensor.loop.LoopValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A run of a plan, and its backward pass. */
final class PlannedRun implements DirectBackward {
  private final Lowered plan;
  private final Map<Role, Variable> arguments;
  private final List<Role> inputs;
  private final int steps;
  private final Optional<Flow> flow;
  private @Nullable LoopRun run;

  private PlannedRun(Plan plan, Map<Role, Variable> arguments, int steps, LoopRun run) {
    this.plan = plan.lowered();
    this.arguments = arguments;
    flow = plan.dependence().map(d -> new Flow(d.after(steps), plan.lowered(), arguments));
    this.steps = steps;
    this.run = run;
    inputs = arguments.keySet().stream().filter(r -> !(r instanceof Role.Time)).toList();
  }

  /**
   * Runs the forward pass.
   *
   * @param arguments the variable of each role, except for literals and gradients
   * @param saves whether what the backward pass needs is saved; else it is computed again
   */
  static PlannedRun forward(
      Plan plan, Map<Role, Variable> arguments, int steps, boolean ascending, boolean saves) {
    LoopRun run = LoopRun.of(plan.lowered().loop(), steps, ascending, saves);
    PlannedRun planned = new PlannedRun(plan, arguments, steps, run);
    plan.lowered().inputs().bind(run, 0, planned::argument);
    run.forward();
    return planned;
  }

  /** Returns the variables that the results depend on, in the order of the gradients. */
  Variable[] inputs() {
    return inputs.stream().map(arguments::get).toArray(Variable[]::new);
  }

  /** Returns the outputs of all steps, then the state after the last one. */
  List<Tensor> results() {
    LoopRun r = open();
    List<Tensor> all = new ArrayList<>();
    plan.forward().outputs().values().forEach(v -> all.add(r.output(v)));
    plan.forward().state().values().forEach(v -> all.add(r.last(v)));
    return all;
  }

  /** Returns whether a result depends on an argument that requires a gradient. */
  boolean requiresGradient(int result) {
    return flow.orElseThrow().requiresGradient(result);
  }

  private LoopRun open() {
    LoopRun r = run;
    if (r == null) {
      throw new IllegalStateException("[gradients] this scan was released");
    }
    return r;
  }

  private @Nullable Tensor argument(Role role) {
    if (role instanceof Role.Literal literal) {
      return literal.value();
    }
    Variable v = arguments.get(role);
    return v == null ? null : v.value();
  }

  @Override
  public boolean isPossible(Set<Integer> arrived) {
    return flow.orElseThrow().isWhole(arrived);
  }

  @Override
  public void backward(@Nullable Variable[] arrived, Variable[] in, Sender sender) {
    LoopRun r = open();
    Lowered.Sweep back = plan.backward().orElseThrow();
    List<Integer> state = List.copyOf(plan.forward().state().keySet());
    int outputs = plan.forward().outputs().size();
    plan.inputs()
        .bind(
            r,
            1,
            role ->
                switch (role) {
                  case Role.OutputSeed(int i) -> {
                    Shape step = value(plan.forward().outputs(), i).shape();
                    yield seed(arrived[i], step.insert(0, steps));
                  }
                  case Role.NextSeed(int i) -> {
                    Shape step = value(plan.forward().state(), i).shape();
                    yield seed(arrived[outputs + state.indexOf(i)], step);
                  }
                  default -> argument(role);
                });
    r.backward();
    Set<Role> reached = flow.orElseThrow().reachedBy(indices(arrived));
    for (int i = 0; i < in.length; i++) {
      if (reached.contains(inputs.get(i))) {
        send(r, back, i, in[i], sender);
      }
    }
  }

  private static Set<Integer> indices(@Nullable Variable[] present) {
    return IntStream.range(0, present.length)
        .filter(i -> present[i] != null)
        .boxed()
        .collect(Collectors.toSet());
  }

  private static LoopValue value(Map<Integer, LoopValue> all, int index) {
    return Objects.requireNonNull(all.get(index));
  }

  private Tensor seed(@Nullable Variable given, Shape shape) {
    return given == null ? Tensor.full(plan.type(), shape, 0) : given.value();
  }

  private void send(LoopRun r, Lowered.Sweep back, int i, Variable to, Sender sender) {
    switch (inputs.get(i)) {
      case Role.Sequence(int index) -> {
        LoopValue d = back.outputs().get(index);
        if (d != null) {
          sender.send(i, Variable.of(r.output(d)));
        }
      }
      case Role.Carried(int index) -> {
        LoopValue d = back.state().get(index);
        if (d != null) {
          sender.send(i, Variable.of(r.last(d)));
        }
      }
      case Role role -> {
        Set<Role> ids = back.gathered().get(role);
        for (LoopValue sum : back.sums().getOrDefault(role, List.of())) {
          Tensor t = r.accumulated(sum).reshape(to.shape().dims());
          sender.send(i, ids == null ? Variable.of(t) : rows(t, ids));
        }
      }
    }
  }

  /** Returns the gradient of a table of which the step only gathers rows: it is sparse. */
  private Variable rows(Tensor table, Set<Role> ids) {
    int size = table.shape().dim(0);
    BitSet read = new BitSet(size);
    ids.forEach(role -> Arrays.stream(of(role).value().toInts()).forEach(read::set));
    int[] distinct = read.stream().toArray();
    Tensor rows = Tensor.of(Shape.of(distinct.length), distinct);
    return Variable.apply(
        new ScatterAdd(size), Variable.of(Rows.gather(table, rows)), Variable.of(rows));
  }

  private Variable of(Role role) {
    return Objects.requireNonNull(arguments.get(role));
  }

  @Override
  public void release() {
    LoopRun r = run;
    if (r != null) {
      r.close();
    }
    run = null;
  }
}
