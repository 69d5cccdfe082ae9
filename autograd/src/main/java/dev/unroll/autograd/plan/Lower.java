package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.op.Indexing.Gather;
import dev.unroll.autograd.op.Movement.Concat;
import dev.unroll.autograd.op.Movement.Expand;
import dev.unroll.autograd.op.Movement.Pad;
import dev.unroll.autograd.op.Movement.Permute;
import dev.unroll.autograd.op.Movement.Reshape;
import dev.unroll.autograd.op.Movement.Slice;
import dev.unroll.autograd.op.Reductions.SumTo;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Facts;
import dev.unroll.autograd.plan.Expr.Input;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.loop.Bindings;
import dev.unroll.tensor.loop.LoopBuilder;
import dev.unroll.tensor.loop.LoopInput;
import dev.unroll.tensor.loop.LoopValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The last pass: writes the tasks of a step as a {@link dev.unroll.tensor.loop.Loop} of
 * tensor-core, and remembers the roles of the loop's inputs.
 */
final class Lower {
  /** A matrix that is packed before a run. */
  private record Packed(Role role, boolean transposed) {}

  private final LoopBuilder loop;
  private final Map<LoopInput, Role> inputs = new LinkedHashMap<>();
  private final Map<Role, LoopInput.Argument> arguments = new HashMap<>();
  private final Map<Packed, LoopInput.Matrix> matrices = new HashMap<>();
  private final Map<Role, LoopInput.Ids> ids = new HashMap<>();
  private final Map<Expr, LoopValue> values = new HashMap<>();
  private final StepGraph forward;

  /** For each sweep, a line for each task. */
  private final List<StringBuilder> texts = new ArrayList<>();

  private Lower(StepGraph forward) {
    this.forward = forward;
    loop = LoopBuilder.of(forward.type());
  }

  /** Writes a forward step, and its backward step if there is one. */
  static Lowered of(List<Fused> steps) {
    StepGraph forward = steps.getFirst().step().graph();
    Lower l = new Lower(forward);
    List<Lowered.Sweep> sweeps = steps.stream().map(l::sweep).toList();
    return new Lowered(
        forward.type(),
        l.loop.build(),
        Bindings.of(l.inputs),
        forward.inputs().stream().filter(Input::isBoundOnce).map(Input::role).toList(),
        steps.size() == 1 ? Set.of() : constants(forward),
        sweeps.getFirst(),
        sweeps.stream().skip(1).findFirst(),
        l.texts.stream().map(StringBuilder::toString).toList());
  }

  private Lowered.Sweep sweep(Fused fused) {
    Partition step = fused.step();
    loop.sweep();
    texts.add(new StringBuilder());
    Map<Integer, LoopValue> state = new LinkedHashMap<>();
    Map<Expr, LoopValue> next = new HashMap<>();
    for (Result.Next n : step.graph().results(Result.Next.class)) {
      Input in = step.graph().carried(n);
      LoopValue v = loop.carried(in.shape());
      inputs.put(v, in.role());
      arguments.put(in.role(), v);
      state.put(n.index(), v);
      next.put(n.value(), v);
    }
    List<Result.Output> outputs = step.graph().results(Result.Output.class);
    Stage stage = Stage.ONCE;
    for (Fused.Task task : fused.tasks()) {
      if (!task.stage().equals(stage)) {
        stage = task.stage();
        if (stage.isLoop()) {
          loop.loop();
        } else {
          loop.steps();
        }
      }
      task(task, step);
      for (Apply e : task.of()) {
        LoopValue carried = next.get(e);
        if (carried != null) {
          loop.next(carried, value(e));
        }
        if (outputs.stream().anyMatch(o -> o.value().equals(e))) {
          // Before it can become part of another buffer.
          loop.output(value(e));
        }
      }
    }
    Map<Integer, LoopValue> returned = new LinkedHashMap<>();
    outputs.forEach(o -> returned.put(o.index(), value(o.value())));
    Map<Role, List<LoopValue>> sums = new LinkedHashMap<>();
    for (Result.Accumulate a : step.graph().results(Result.Accumulate.class)) {
      sums.computeIfAbsent(a.by(), k -> new ArrayList<>()).add(accumulate(a));
    }
    return new Lowered.Sweep(returned, state, sums, gathered(step.graph()));
  }

  private static Set<Role> constants(StepGraph forward) {
    return forward.inputs().stream()
        .filter(in -> in.isBoundOnce() && !in.gradient())
        .map(Input::role)
        .collect(Collectors.toSet());
  }

  private static Map<Role, Set<Role>> gathered(StepGraph graph) {
    Map<Role, Set<Role>> gathered = new LinkedHashMap<>();
    Set<Role> read = new HashSet<>(); // otherwise, too
    for (Result.Accumulate a : graph.results(Result.Accumulate.class)) {
      Role ids = a.ids();
      if (ids == null) {
        read.add(a.by());
      } else {
        gathered.computeIfAbsent(a.by(), k -> new LinkedHashSet<>()).add(ids);
      }
    }
    gathered.keySet().removeAll(read);
    return gathered;
  }

  /** Returns the loop value of an expression, or of a view of one. */
  private LoopValue value(Expr e) {
    LoopValue have = values.get(e);
    if (have == null) {
      have = e instanceof Apply a ? view(a) : (LoopValue) argument(e);
      values.put(e, have);
    }
    return have;
  }

  /** Returns an argument of a call, the only place where other types are allowed. */
  private LoopInput.Argument argument(Expr e) {
    if (!(e instanceof Input(Role role, Facts info))) {
      return value(e);
    }
    if (role instanceof Role.Forward(int id)) {
      return argument(forward.nodes().get(id));
    }
    LoopInput.Argument have = arguments.get(role);
    if (have == null) {
      have =
          !info.type().isFloating()
              ? loop.opaque(!role.isBoundOnce())
              : role.isBoundOnce() ? loop.constant(info.shape()) : loop.sequence(info.shape());
      arguments.put(role, have);
      inputs.put(have, role);
    }
    return have;
  }

  private LoopValue view(Apply e) {
    LoopValue of = value(e.in().getFirst());
    return switch (e.op()) {
      case Slice(int axis, int from, int to) -> loop.slice(of, axis, from, to);
      case Expand(Shape to) -> loop.expand(of, to);
      case Permute(List<Integer> axes) ->
          loop.permute(of, axes.stream().mapToInt(a -> a).toArray());
      case Reshape(Shape to) -> loop.reshape(of, to);
      default -> throw new IllegalStateException("[plan] " + e + " is not computed yet");
    };
  }

  private void task(Fused.Task task, Partition step) {
    if (task.isPointwise()) {
      fused(task, step);
    } else {
      Apply e = task.first();
      values.put(e, e.isView() ? value(e) : compute(e, step));
    }
  }

  /** Adds a line to the text: the values that a task writes, its kind and its operands. */
  private void text(Stage stage, List<Apply> out, String kind, List<Expr> in) {
    texts.getLast().append(stage).append(':').append(StepText.names(out)).append(" = ");
    texts.getLast().append(kind).append(StepText.names(in)).append('\n');
  }

  private void text(Apply e, String kind, Partition step) {
    text(step.stage(e), List.of(e), kind, e.in());
  }

  private void fused(Fused.Task task, Partition step) {
    List<Apply> own = task.of();
    List<Expr> operands =
        own.stream().flatMap(e -> e.in().stream()).filter(u -> !isOf(own, u)).distinct().toList();
    Program.Builder p = Program.inputs(operands.size());
    Map<Expr, Integer> register = new HashMap<>();
    operands.forEach(u -> register.put(u, register.size()));
    List<Apply> results = new ArrayList<>();
    for (Apply e : own) {
      int[] in = e.in().stream().mapToInt(register::get).toArray();
      if (e.op() instanceof Pointwise op) {
        register.put(e, op.emit(p, in));
      }
      if (step.isResult(e) || !own.containsAll(step.readers(e))) {
        results.add(e);
      }
    }
    Program program =
        p.results(results.stream().map(register::get).toArray(Integer[]::new)).fused();
    text(task.stage(), results, "pointwise", operands);
    List<LoopValue> in = operands.stream().map(this::value).toList();
    List<LoopValue> out = loop.pointwise(program, own.getFirst().shape(), in);
    for (int i = 0; i < out.size(); i++) {
      values.put(results.get(i), out.get(i));
    }
  }

  private static boolean isOf(List<Apply> own, Expr e) {
    return e instanceof Apply a && own.contains(a);
  }

  private LoopValue compute(Apply e, Partition step) {
    Product product = Product.of(e);
    if (product != null) {
      return multiply(product, e, step);
    }
    List<Expr> in = e.in();
    return switch (e.op()) {
      case Concat(int axis) -> concat(axis, e, 0, step);
      case Pad(int axis, int from, int size) -> concat(axis, e, from, step);
      case SumTo(Shape to) when isRowSum(in.getFirst().shape(), to) -> {
        text(e, "rowSum", step);
        yield loop.rowSum(value(in.getFirst()));
      }
      case Gather g when in.get(0).isBoundOnce() && Accumulator.isIds(in.get(1)) -> {
        text(e, "gather", step);
        yield loop.gather(value(in.get(0)), ids(in.get(1)), in.get(1).shape().size());
      }
      case Op op -> {
        text(e, "call " + StepText.operation(op), step);
        yield loop.call(op::forward, e.shape(), in.stream().map(this::argument).toList());
      }
    };
  }

  private LoopValue multiply(Product p, Apply e, Partition step) {
    int columns = e.shape().dim(1);
    String transposed = p.transposed() ? "[tb]" : "";
    Expr addend = p.addend();
    if (addend == null) {
      text(e, "multiply" + transposed, step);
      return loop.multiply(value(p.left()), matrix(p), columns);
    }
    boolean alone =
        addend instanceof Apply && step.readers(addend).size() == 1 && !step.isResult(addend);
    text(e, alone ? "multiplyAdd[reuse]" : "multiplyAdd", step);
    LoopInput.Matrix matrix = matrix(p);
    LoopValue sum = value(addend);
    return loop.multiplyAdd(sum, alone, value(p.left()), matrix, columns);
  }

  private LoopInput.Matrix matrix(Product p) {
    Role role = ((Input) p.matrix()).role();
    return matrices.computeIfAbsent(
        new Packed(role, p.transposed()),
        k -> {
          LoopInput.Matrix m = loop.matrix(k.transposed());
          inputs.put(m, role);
          return m;
        });
  }

  private LoopInput.Ids ids(Expr e) {
    return ids.computeIfAbsent(
        ((Input) e).role(),
        role -> {
          LoopInput.Ids made = loop.ids();
          inputs.put(made, role);
          return made;
        });
  }

  private LoopValue concat(int axis, Apply e, int first, Partition step) {
    List<Expr> in = e.in();
    text(e, "concat", step);
    int[] from = new int[in.size()];
    int at = first;
    for (int i = 0; i < from.length; i++) {
      from[i] = at;
      at += in.get(i).shape().dim(axis);
    }
    return loop.concat(axis, e.shape().dim(axis), in.stream().map(this::value).toList(), from);
  }

  private static boolean isRowSum(Shape in, Shape to) {
    return in.rank() == 2 && to.equals(in.with(1, 1));
  }

  private LoopValue accumulate(Result.Accumulate a) {
    LoopValue first = value(a.of().getFirst());
    return switch (a.kind()) {
      case OUTER -> loop.accumulateOuter(first, value(a.of().get(1)));
      case ROWS -> loop.accumulateRows(first);
      case SCATTER -> loop.accumulateScatter(first, ids(a.of().get(1)), rows(a.by()));
      case EACH -> loop.accumulate(first);
    };
  }

  /** Returns the number of rows of a table. */
  private int rows(Role table) {
    Input in = forward.input(table);
    if (in == null) {
      throw new IllegalStateException("[plan] " + table + " is no input");
    }
    return in.shape().dim(0);
  }
}
