package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.op.Indexing.Gather;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The first pass: a step function, applied once to symbolic variables. */
public final class TracedStep {
  private static final ScopedValue<Boolean> TRACING = ScopedValue.newInstance();

  private final Trace trace;
  private final List<Variable> carried = new ArrayList<>();
  private final List<Variable> outputs = new ArrayList<>();
  private final List<Variable> next = new ArrayList<>();
  private @Nullable Structure structure;

  /** A key whose hash code is computed at most once: a run looks up several times with it. */
  private static final class Structure {
    private final List<Object> parts;
    private int hash;

    Structure(Object... parts) {
      this.parts = List.of(parts);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || (other instanceof Structure s && parts.equals(s.parts));
    }

    @Override
    public int hashCode() {
      if (hash == 0) {
        hash = parts.hashCode();
      }
      return hash;
    }
  }

  private TracedStep(boolean lines) {
    trace = new Trace((i, v) -> new Role.Invariant(i), lines);
  }

  /**
   * Traces a step function.
   *
   * @param gradient whether gradients with respect to the state will be needed
   * @param lines whether the graph shows the lines of the program, which costs a stack walk per
   *     operation
   * @throws UntraceableException if it cannot be planned
   */
  public static TracedStep of(
      StepFunction body,
      List<ScanInput> inputs,
      List<Variable> initial,
      boolean gradient,
      boolean lines) {
    TracedStep s = new TracedStep(lines);
    try {
      ScopedValue.where(TRACING, true).run(() -> s.record(body, inputs, initial, gradient));
    } finally {
      s.trace.end();
    }
    return s;
  }

  /** Returns whether this thread records a step. */
  public static boolean isTracing() {
    return TRACING.isBound();
  }

  private void record(
      StepFunction body, List<ScanInput> inputs, List<Variable> initial, boolean gradient) {
    List<Variable> now = new ArrayList<>();
    for (ScanInput source : inputs) {
      Variable v = source.sequence();
      Role role = new Role.Sequence(now.size());
      boolean needs = gradient && v.requiresGradient();
      now.add(source.at(trace.input(role, v.type(), v.shape().without(0), needs)));
    }
    Variable time = trace.input(new Role.Time(), DType.INT32, Shape.of(), false);
    for (Variable v : initial) {
      boolean needs = gradient && v.type().isFloating();
      Role role = new Role.Carried(carried.size());
      carried.add(trace.input(role, v.type(), v.shape(), needs));
    }
    StepFunction.Results r = body.step(now, List.copyOf(carried), time);
    r.outputs().forEach(v -> outputs.add(trace.lift(v)));
    r.next().forEach(v -> next.add(trace.lift(v)));
    Eligibility.check(types(), carried, outputs, next);
  }

  private List<DType> types() {
    List<DType> types = new ArrayList<>();
    for (int i = 0; i < trace.size(); i++) {
      DType type = trace.variable(i).type();
      if (type.isFloating() && !types.contains(type)) {
        types.add(type);
      }
    }
    return types;
  }

  /** Returns the shapes of the outputs of a step, and their types. */
  public List<Variable> outputs() {
    return List.copyOf(outputs);
  }

  /** Returns the concrete variables that the step reads. */
  public List<Variable> lifted() {
    return trace.lifted();
  }

  /**
   * Returns the variables of the state that the step returns as it received them, if it changes
   * any: these are not carried, see {@link UnchangedState}.
   */
  public Set<Integer> unchanged() {
    Set<Integer> unchanged = new HashSet<>();
    for (int i = 0; i < carried.size(); i++) {
      if (next.get(i) == carried.get(i)) {
        unchanged.add(i);
      }
    }
    return unchanged.size() < carried.size() ? unchanged : Set.of();
  }

  /** Returns the variables of the state that are results of a run, in order. */
  public List<Integer> changed() {
    Set<Integer> unchanged = unchanged();
    return IntStream.range(0, carried.size()).filter(i -> !unchanged.contains(i)).boxed().toList();
  }

  /** Returns whether the step gathers rows of a variable of the state. */
  public boolean gathers(int index) {
    Variable table = carried.get(index);
    return IntStream.range(0, trace.size())
        .mapToObj(trace::variable)
        .anyMatch(v -> Trace.op(v) instanceof Gather && Trace.in(v).getFirst() == table);
  }

  /** Returns a key: traces of equal structure have equal plans. */
  public Object structure() {
    Structure known = structure;
    if (known == null) {
      known = new Structure(trace.structure(), numbers(outputs), numbers(next));
      structure = known;
    }
    return known;
  }

  private List<Integer> numbers(List<Variable> variables) {
    return variables.stream().map(trace::number).toList();
  }

  /**
   * Returns for each gather whether its table has fewer rows than all steps read: then a product
   * with it is less work if it is applied to the table. It is part of what a plan depends on.
   */
  public List<Boolean> projections(int steps) {
    List<Boolean> all = new ArrayList<>();
    for (int i = 0; i < trace.size(); i++) {
      Variable v = trace.variable(i);
      if (Trace.op(v) instanceof Gather) {
        Shape table = Trace.in(v).get(0).shape();
        int ids = Trace.in(v).get(1).shape().size();
        all.add(ProductSum.isShorter(table.dim(0), ids, steps));
      }
    }
    return all;
  }

  /** Returns the step as a graph. */
  StepGraph graph() {
    StepGraph.Builder graph = new StepGraph.Builder(types().getFirst());
    List<Expr> now = new ArrayList<>();
    trace.into(graph, now);
    for (int i = 0; i < outputs.size(); i++) {
      graph.result(new Result.Output(i, now.get(trace.number(outputs.get(i)))));
    }
    for (int i = 0; i < next.size(); i++) {
      graph.result(new Result.Next(i, now.get(trace.number(next.get(i)))));
    }
    return graph.build();
  }

  /** Returns whether another trace of the same step is equal, constants included. */
  public boolean isLike(TracedStep other) {
    return structure().equals(other.structure()) && hasConstantsOf(other);
  }

  private boolean hasConstantsOf(TracedStep other) {
    List<Variable> a = lifted();
    List<Variable> b = other.lifted();
    SameValues same = new SameValues();
    for (int i = 0; i < a.size(); i++) {
      if (!same.test(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
