package dev.unroll.autograd.scan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.DirectBackward;
import dev.unroll.autograd.op.Indexing.ScatterAdd;
import dev.unroll.autograd.plan.Lowered;
import dev.unroll.autograd.plan.Reach;
import dev.unroll.autograd.plan.Role;
import dev.unroll.autograd.plan.Seeds;
import dev.unroll.tensor.Rows;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.loop.LoopRun;
import dev.unroll.tensor.loop.LoopValue;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The backward pass of a planned run, for gradients that arrive at some of its results. */
final class PlannedBackward implements DirectBackward {
  private final PlannedRun run;
  private final Lowered plan;
  private final Times times;
  private final Reach reach;
  private final ReadResults results;
  private final Function<Seeds, List<Variable>> again;

  /**
   * Creates the backward pass of a run.
   *
   * @param again runs the scan again with a backward pass for other results
   */
  PlannedBackward(
      PlannedRun run,
      Lowered plan,
      Times times,
      Reach reach,
      ReadResults results,
      Function<Seeds, List<Variable>> again) {
    this.run = run;
    this.plan = plan;
    this.times = times;
    this.reach = reach;
    this.results = results;
    this.again = again;
  }

  @Override
  public boolean isFor(Set<Integer> arrived) {
    Seeds read = results.seeds(arrived);
    results.read(read);
    return read.equals(reach.seeds());
  }

  @Override
  public List<Variable> again(Set<Integer> arrived) {
    return again.apply(results.seeds(arrived));
  }

  @Override
  public void backward(@Nullable Variable[] arrived, Variable[] in, Sender sender) {
    LoopRun r = run.open();
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
                    yield seed(arrived[i], step.insert(0, times.steps()));
                  }
                  case Role.NextSeed(int i) -> {
                    Shape step = value(plan.forward().state(), i).shape();
                    yield seed(arrived[outputs + state.indexOf(i)], step);
                  }
                  default -> run.argument(role);
                });
    r.backward();
    for (int i = 0; i < in.length; i++) {
      if (in[i].requiresGradient()) {
        send(r, i, in[i], sender);
      }
    }
  }

  private static LoopValue value(Map<Integer, LoopValue> all, int index) {
    return Objects.requireNonNull(all.get(index));
  }

  private Tensor seed(@Nullable Variable given, Shape shape) {
    return given == null ? Tensor.full(plan.type(), shape, 0) : given.value();
  }

  private void send(LoopRun r, int i, Variable to, Sender sender) {
    Lowered.Sweep back = plan.backward().orElseThrow();
    switch (run.inputs().get(i)) {
      case Role.Sequence(int index) -> {
        LoopValue d = back.outputs().get(index);
        if (d != null) {
          sender.send(i, Variable.of(r.output(d)));
        }
      }
      case Role.Carried(int index) -> {
        LoopValue d = back.state().get(index);
        if (d != null && reach.initial().contains(index)) {
          sender.send(i, Variable.of(r.last(d)));
        }
      }
      case Role role -> {
        Set<Role> ids = back.gathered().get(role);
        for (LoopValue sum : back.sums().getOrDefault(role, List.of())) {
          Tensor t = r.accumulated(sum).reshape(to.shape().dims());
          sender.send(i, ids == null ? Variable.of(t) : rows(role, t, ids));
        }
      }
    }
  }

  /** Returns the gradient of a table of which the step only gathers rows: it is sparse. */
  private Variable rows(Role role, Tensor table, Set<Role> ids) {
    int size = table.shape().dim(0);
    BitSet read = new BitSet(size);
    ids.forEach(i -> rows(role, i, read));
    int[] distinct = read.stream().toArray();
    Tensor rows = Tensor.of(Shape.of(distinct.length), distinct);
    return Variable.apply(
        new ScatterAdd(size), Variable.of(Rows.gather(table, rows)), Variable.of(rows));
  }

  /** Adds the rows that ids select at the steps that gradients reach. */
  private void rows(Role table, Role role, BitSet read) {
    int steps = times.steps();
    int[] ids = Objects.requireNonNull(run.argument(role)).toInts();
    BitSet reached = results.gathering(table, role, reach.seeds(), steps);
    boolean isBoundOnce = role.isBoundOnce();
    int n = isBoundOnce ? ids.length : ids.length / steps;
    for (int step = reached.nextSetBit(0); step >= 0; step = reached.nextSetBit(step + 1)) {
      int from = isBoundOnce ? 0 : n * times.at(step);
      for (int i = from; i < from + n; i++) {
        read.set(ids[i]);
      }
    }
  }

  @Override
  public void release() {
    run.release();
  }
}
