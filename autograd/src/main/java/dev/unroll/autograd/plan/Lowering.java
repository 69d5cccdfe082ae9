package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.op.Indexing.Gather;
import dev.unroll.autograd.op.Indexing.ScatterAdd;
import dev.unroll.autograd.op.Movement.Concat;
import dev.unroll.autograd.op.Movement.Expand;
import dev.unroll.autograd.op.Movement.Pad;
import dev.unroll.autograd.op.Movement.Permute;
import dev.unroll.autograd.op.Movement.Reshape;
import dev.unroll.autograd.op.Movement.Slice;
import dev.unroll.autograd.op.Products.MatMul;
import dev.unroll.autograd.op.Products.MatMulAdd;
import dev.unroll.autograd.op.Reductions.SumTo;
import dev.unroll.autograd.plan.Trace.Input;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.loop.Bindings;
import dev.unroll.tensor.loop.LoopBuilder;
import dev.unroll.tensor.loop.LoopInput;
import dev.unroll.tensor.loop.LoopValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes schedules of a step as a loop. */
public final class Lowering {
  /** A right-hand side that is packed before the run. */
  public record Matrix(Variable of, boolean transposed) {}

  final LoopBuilder builder;
  private final Map<Variable, LoopValue> values = new HashMap<>();
  private final Map<Matrix, LoopInput.Matrix> matrices = new HashMap<>();
  private final Map<Variable, LoopInput.Ids> ids = new HashMap<>();
  private final Map<Variable, LoopInput.Opaque> opaques = new HashMap<>();
  private final Map<LoopInput, Variable> inputs = new LinkedHashMap<>();
  private final TracedStep step;

  Lowering(TracedStep step) {
    this.step = step;
    builder = LoopBuilder.of(step.type());
  }

  /**
   * Writes one sweep.
   *
   * @param in what the step before handed on
   * @param out what is handed on, by position
   * @param outputs whose values at all steps are handed out
   */
  void sweep(Schedule schedule, List<Variable> in, List<Variable> out, List<Variable> outputs) {
    builder.sweep();
    in.forEach(v -> values.put(v, input(builder.carried(v.shape()), v)));
    int stage = Stages.ONCE;
    for (Schedule.Group g : schedule.groups()) {
      if (g.stage() != stage) {
        stage = g.stage();
        if (Stages.isLoop(stage)) {
          builder.loop();
        } else {
          builder.steps();
        }
      }
      if (g.isPointwise()) {
        pointwise(g, schedule);
      } else {
        Variable v = g.variables().getFirst();
        values.put(v, compute(v, schedule));
      }
      for (Variable v : g.variables()) {
        if (out.contains(v)) {
          builder.next(value(in.get(out.indexOf(v))), value(v));
        }
        if (outputs.contains(v)) { // Before it can become part of anything that lies elsewhere.
          builder.output(value(v));
        }
      }
    }
  }

  private <I extends LoopInput> I input(I input, Variable v) {
    inputs.put(input, v);
    return input;
  }

  /** Returns which variable each input is bound to. */
  Bindings<Variable> bindings() {
    return Bindings.of(inputs);
  }

  /** Returns a variable as a value of the loop. */
  LoopValue value(Variable v) {
    LoopValue have = values.get(v);
    if (have != null) {
      return have;
    }
    Input input = step.trace.input(v);
    LoopValue made;
    if (input == null) {
      made = view(v);
    } else if (!v.type().isFloating()) {
      throw new IllegalStateException("[plan] expected a floating type: " + v);
    } else if (input.kind() == Trace.Kind.INVARIANT) {
      made = input(builder.constant(v.shape()), v);
    } else {
      made = input(builder.sequence(v.shape()), v);
    }
    values.put(v, made);
    return made;
  }

  private LoopInput.Argument argument(Variable v) {
    Input input = step.trace.input(v);
    if (input == null || v.type().isFloating()) {
      return value(v);
    }
    boolean sequence = input.kind() != Trace.Kind.INVARIANT;
    return opaques.computeIfAbsent(v, k -> input(builder.opaque(sequence), k));
  }

  private LoopValue view(Variable v) {
    LoopValue of = value(Trace.in(v).getFirst());
    return switch (Trace.op(v)) {
      case Slice s -> builder.slice(of, s.axis(), s.from(), s.to());
      case Expand e -> builder.expand(of, e.to());
      case Permute p -> builder.permute(of, p.axes().stream().mapToInt(a -> a).toArray());
      case Reshape r -> builder.reshape(of, r.to());
      case null, default -> throw new IllegalStateException("[plan] not computed yet: " + v);
    };
  }

  private void pointwise(Schedule.Group g, Schedule schedule) {
    List<Variable> own = g.variables();
    List<Variable> operands =
        own.stream()
            .flatMap(v -> Trace.in(v).stream())
            .filter(v -> !own.contains(v))
            .distinct()
            .toList();
    Program.Builder p = Program.inputs(operands.size());
    Map<Variable, Integer> register = new HashMap<>();
    operands.forEach(v -> register.put(v, register.size()));
    List<Variable> results = new ArrayList<>();
    for (Variable v : own) {
      int[] in = Trace.in(v).stream().mapToInt(register::get).toArray();
      if (Trace.op(v) instanceof Pointwise op) {
        register.put(v, op.emit(p, in));
      }
      if (schedule.isResult(v) || !own.containsAll(schedule.readers(v))) {
        results.add(v);
      }
    }
    Program program =
        p.results(results.stream().map(register::get).toArray(Integer[]::new)).fused();
    List<LoopValue> in = operands.stream().map(this::value).toList();
    List<LoopValue> out = builder.pointwise(program, own.getFirst().shape(), in);
    for (int i = 0; i < out.size(); i++) {
      values.put(results.get(i), out.get(i));
    }
  }

  private LoopValue compute(Variable v, Schedule schedule) {
    List<Variable> in = Trace.in(v);
    if (Schedule.isView(v)) {
      return value(v);
    }
    return switch (Trace.op(v)) {
      case MatMul m when isProduct(m, in) ->
          builder.multiply(value(in.get(0)), matrix(in.get(1), m.tb()), v.shape().dim(1));
      case MatMulAdd m when isProduct(in.get(1), in.get(2)) -> {
        boolean alone = schedule.readers(in.get(0)).size() == 1 && !schedule.isResult(in.get(0));
        LoopInput.Matrix to = matrix(in.get(2), false);
        LoopValue addend = value(in.get(0));
        yield builder.multiplyAdd(addend, alone, value(in.get(1)), to, v.shape().dim(1));
      }
      case Concat c -> concat(c.axis(), v, 0);
      case Pad p -> concat(p.axis(), v, p.from());
      case SumTo s when isRowSum(in.getFirst().shape(), s.to()) ->
          builder.rowSum(value(in.getFirst()));
      case Gather r when isLookup(in) ->
          builder.gather(value(in.get(0)), ids(in.get(1)), in.get(1).shape().size());
      case null -> throw new IllegalStateException("[plan] not computed: " + v);
      case Op op -> builder.call(op::forward, v.shape(), in.stream().map(this::argument).toList());
    };
  }

  private boolean isProduct(MatMul m, List<Variable> in) {
    return !m.ta() && isProduct(in.get(0), in.get(1));
  }

  private boolean isProduct(Variable left, Variable right) {
    return left.shape().rank() == 2 && right.shape().rank() == 2 && step.isInvariant(right);
  }

  /** Returns whether a value can be handed on where it was computed. */
  boolean canMove(Variable v) {
    return switch (Trace.op(v)) {
      case Pointwise p -> true;
      case MatMul m -> isProduct(m, Trace.in(v));
      case null, default -> false;
    };
  }

  private LoopInput.Matrix matrix(Variable of, boolean transposed) {
    return matrices.computeIfAbsent(
        new Matrix(of, transposed), k -> input(builder.matrix(transposed), of));
  }

  private LoopInput.Ids ids(Variable of) {
    return ids.computeIfAbsent(of, k -> input(builder.ids(), k));
  }

  private LoopValue concat(int axis, Variable v, int first) {
    List<Variable> in = Trace.in(v);
    List<LoopValue> parts = in.stream().map(this::value).toList();
    int[] from = new int[parts.size()];
    int at = first;
    for (int i = 0; i < from.length; i++) {
      from[i] = at;
      at += in.get(i).shape().dim(axis);
    }
    return builder.concat(axis, v.shape().dim(axis), parts, from);
  }

  private static boolean isRowSum(Shape in, Shape to) {
    return in.rank() == 2 && to.equals(in.with(1, 1));
  }

  private boolean isLookup(List<Variable> in) {
    return step.isInvariant(in.get(0)) && isSequence(in.get(1));
  }

  /** Returns whether there is a row number for each row of each step. */
  private boolean isSequence(Variable ids) {
    Input of = step.trace.input(ids);
    return of != null && of.kind() == Trace.Kind.SEQUENCE && ids.shape().rank() == 1;
  }

  /** What is added up over all steps: a total, and the shape that it has. */
  LoopValue total(Variable term, Shape shape) {
    List<Variable> in = Trace.in(term);
    return switch (Trace.op(term)) {
      case MatMul m when isOuter(term) ->
          builder.accumulateOuter(value(in.get(0)), value(in.get(1)));
      case SumTo s when isSumOfRows(term) -> builder.accumulateRows(value(in.getFirst()));
      case ScatterAdd s when isLookupBack(term) ->
          builder.accumulateScatter(value(in.get(0)), ids(in.get(1)), s.size());
      case null, default -> builder.accumulate(value(term));
    };
  }

  /** Returns what must be computed for a term. */
  List<Variable> needed(Variable term) {
    List<Variable> in = Trace.in(term);
    if (isOuter(term)) {
      return in;
    }
    return isSumOfRows(term) || isLookupBack(term) ? List.of(in.getFirst()) : List.of(term);
  }

  private boolean isOuter(Variable term) {
    return Trace.op(term) instanceof MatMul m
        && m.ta()
        && !m.tb()
        && Trace.in(term).stream().allMatch(v -> v.shape().rank() == 2);
  }

  private boolean isSumOfRows(Variable term) {
    return Trace.op(term) instanceof SumTo s
        && Trace.in(term).getFirst().shape().rank() == 2
        && s.to().rank() > 0
        && s.to().size() == Trace.in(term).getFirst().shape().dim(1)
        && s.to().dim(-1) == s.to().size();
  }

  private boolean isLookupBack(Variable term) {
    List<Variable> in = Trace.in(term);
    return Trace.op(term) instanceof ScatterAdd
        && in.get(0).shape().rank() == 2
        && isSequence(in.get(1));
  }
}
