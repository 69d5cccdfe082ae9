package dev.unroll.tensor.loop;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.loop.Buffer.Kind;
import dev.unroll.tensor.loop.Buffer.Lifetime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Builds a {@link Loop}: a forward sweep over the steps and perhaps a backward one, each of stages,
 * each stage of operations on values of one step. A stage runs step by step, because each step
 * needs the previous one, or over many steps at once.
 *
 * <p>{@link #build} decides the location of values, when all readers are known; an operation reads
 * a copy of an operand whose layout it does not support.
 */
public final class LoopBuilder {
  private final DType type;
  private final Values values = new Values();
  private final List<SweepBuilder> sweeps = new ArrayList<>();
  private final List<LoopInput> inputs = new ArrayList<>();
  private final List<LoopValue> outputs = new ArrayList<>();

  /** For each sequence of ids, the number of rows of the shortest table that they index. */
  private final List<Integer> tables = new ArrayList<>();

  private int matrices;
  private int opaques;
  private int stages;

  private LoopBuilder(DType type) {
    this.type = type;
  }

  /** Returns a builder of a loop over float32 or float64. */
  public static LoopBuilder of(DType type) {
    return new LoopBuilder(type);
  }

  /** Begins a sweep: the first goes forward, the second backward. */
  public void sweep() {
    sweeps.add(new SweepBuilder());
    values.enterSweep();
  }

  /** Begins a stage that runs step by step. */
  public void loop() {
    stage(true);
  }

  /** Begins a stage that runs over many steps at once. */
  public void steps() {
    stage(false);
  }

  private void stage(boolean loop) {
    sweeps.getLast().stages.add(new SweepBuilder.StageBuilder(stages++, loop));
    values.enterStage();
  }

  private boolean isInStage() {
    return !sweeps.getLast().stages.isEmpty();
  }

  private int now() {
    return Math.max(0, sweeps.size() - 1);
  }

  private LoopValue value(int id) {
    return new LoopValue(id, now(), Shape.of(values.dims(id)));
  }

  private <I extends LoopInput> I input(I input) {
    inputs.add(input);
    return input;
  }

  /** Returns a value that is bound, the same at all steps. */
  public LoopValue constant(Shape shape) {
    return input(value(add(Kind.BOUND, Lifetime.ONCE, shape)));
  }

  /** Returns a value that is bound, {@code [T, ...]}, of which each step reads its part. */
  public LoopValue sequence(Shape step) {
    return input(value(add(Kind.BOUND, Lifetime.ALL, step)));
  }

  private int add(Kind kind, Lifetime lifetime, Shape shape) {
    return values.add(Value.of(values.buffer(kind, lifetime, shape.dims())));
  }

  /** Returns a matrix that is bound for products. */
  public LoopInput.Matrix matrix(boolean transposed) {
    return input(new LoopInput.Matrix(matrices++, now(), transposed));
  }

  /** Returns row ids that are bound. */
  public LoopInput.Ids ids() {
    tables.add(Integer.MAX_VALUE);
    return input(new LoopInput.Ids(tables.size() - 1, now()));
  }

  /** Returns a tensor of any type that is bound. */
  public LoopInput.Opaque opaque(boolean sequence) {
    return input(new LoopInput.Opaque(opaques++, now(), sequence));
  }

  /** Returns the value carried from the previous step; for the first step it is bound. */
  public LoopValue carried(Shape step) {
    Buffer b = values.buffer(Kind.CARRIED, Lifetime.BLOCK, step.dims());
    sweeps.getLast().carried.add(b);
    return input(value(values.add(new Value(b, TimeSlot.PREVIOUS, Value.AS_COMPUTED))));
  }

  /** Carries a computed value to the next step of this sweep. */
  public void next(LoopValue carried, LoopValue value) {
    Value v = values.get(value.id());
    if (!v.buffer().canMove() || !v.isWhole()) {
      throw new IllegalStateException("[loop] only a computed value can be handed on");
    }
    v.buffer().moveInto(values.get(carried.id()).buffer(), TimeSlot.NEXT, Value.AS_COMPUTED);
  }

  /** Makes the values of all steps an output: see {@link LoopRun#output}. */
  public void output(LoopValue value) {
    Buffer b = values.get(value.id()).buffer();
    b.pin();
    b.root().handedOut = true;
    b.lengthen(Lifetime.ALL);
    outputs.add(value);
  }

  private LoopValue view(LoopValue of, UnaryOperator<Layout> f) {
    return value(values.add(values.get(of.id()).view(f)));
  }

  /** Returns positions along an axis: a view. */
  public LoopValue slice(LoopValue of, int axis, int from, int to) {
    return view(of, l -> l.slice(axis, from, to - from));
  }

  /** Returns a value with axes of size 1 repeated: a view. */
  public LoopValue expand(LoopValue of, Shape to) {
    return view(of, l -> l.expand(to.dims()));
  }

  /** Returns a value with permuted axes: a view. */
  public LoopValue permute(LoopValue of, int... axes) {
    return view(of, l -> l.permute(axes));
  }

  /** Returns a value with another shape: a view, or a copy if a view is impossible. */
  public LoopValue reshape(LoopValue of, Shape to) {
    Value v = values.get(of.id());
    if (v.layout().reshape(to.dims()) == null) {
      return reshape(value(copy(of.id())), to);
    }
    v.buffer().pin();
    return view(
        of,
        l -> {
          Layout reshaped = l.reshape(to.dims());
          if (reshaped == null) {
            throw new IllegalStateException("[loop] a view that cannot be reshaped");
          }
          return reshaped;
        });
  }

  /**
   * Returns a value whose rows lie in those of its buffer, columns adjacent: the value itself, or a
   * copy. This alone makes a {@link RowMajor} of an {@link Operand}.
   */
  private int rowMajor(int v) {
    if (!(values.operand(v) instanceof RowMajor)) {
      return copy(v);
    }
    if (!values
        .get(v)
        .isWhole()) { // Computed values are row-major, and move only to row-major locations.
      values.get(v).buffer().pin();
    }
    return v;
  }

  /** Returns the same for an accumulator, which reads it after all stages. */
  private int rowMajorAfter(int v) {
    List<SweepBuilder.StageBuilder> now = sweeps.getLast().stages;
    boolean copied = !(values.operand(v) instanceof RowMajor);
    if (copied && (now.isEmpty() || now.getLast().loop)) {
      stage(false);
    }
    int in = rowMajor(v);
    values.readAfter(in);
    return in;
  }

  private int copy(int v) {
    values.read(v);
    int out = values.computed(values.dims(v));
    copy(v, out);
    return out;
  }

  private void copy(int from, int to) {
    task(to, 0, () -> new CopyRows(values.operand(from), values.operand(to)));
  }

  /** Adds a task, unless it has nothing to write. */
  private void task(int out, long work, Supplier<Task> task) {
    if (values.layout(out).size() == 0) {
      return;
    }
    SweepBuilder sweep = sweeps.getLast();
    if (sweep.stages.isEmpty()) {
      sweep.once.add(task);
    } else {
      sweep.stages.getLast().tasks.add(task);
      sweep.stages.getLast().work += work;
    }
  }

  /** Runs a pointwise program over values that broadcast to a shape; returns its results. */
  public List<LoopValue> pointwise(Program p, Shape shape, List<LoopValue> operands) {
    int[] dims = shape.dims();
    operands.forEach(v -> values.read(v.id()));
    int[] registers = p.results().stream().mapToInt(r -> r).toArray();
    int[] out = Arrays.stream(registers).map(r -> values.computed(dims)).toArray();
    task(
        out[0],
        4L * shape.size() * p.body().size(),
        () ->
            new Fused(
                operands.stream().map(v -> values.operand(v.id(), dims)).toList(),
                Arrays.stream(out).mapToObj(values::rowMajor).toList(),
                p.body(),
                registers));
    return Arrays.stream(out).mapToObj(this::value).toList();
  }

  /** Returns {@code left matrix}, {@code [rows, columns]}. */
  public LoopValue multiply(LoopValue left, LoopInput.Matrix matrix, int columns) {
    return multiply(-1, false, left.id(), matrix.id(), columns);
  }

  /**
   * Returns {@code addend + left matrix}.
   *
   * @param reuse whether nothing else reads the addend, so that the result may overwrite it
   */
  public LoopValue multiplyAdd(
      LoopValue addend, boolean reuse, LoopValue left, LoopInput.Matrix matrix, int columns) {
    return multiply(addend.id(), reuse, left.id(), matrix.id(), columns);
  }

  private LoopValue multiply(int addend, boolean reuse, int left, int matrix, int columns) {
    int[] dims = {values.dims(left)[0], columns};
    goApart();
    values.read(left);
    int out = values.computed(dims);
    boolean inPlace = addend >= 0 && reuse && isPlain(addend, dims);
    if (addend >= 0) {
      values.read(addend);
    }
    if (inPlace) {
      values
          .get(out)
          .buffer()
          .moveInto(values.get(addend).buffer(), TimeSlot.THIS, Value.AS_COMPUTED);
    }
    task(
        out,
        (long) dims[0] * columns * values.dims(left)[1],
        () -> {
          Multiply.Addend d =
              addend < 0
                  ? new Multiply.Zero()
                  : inPlace ? new Multiply.Result() : new Multiply.Of(values.operand(addend, dims));
          return new Multiply(
              d,
              values.operand(left),
              matrix,
              values.rowMajor(out),
              Multiply.AtOnce.of(values, d, inPlace ? out : addend, left, out));
        });
    goApart();
    return value(out);
  }

  /** A product that no step depends on is computed for all steps of a block at once. */
  private void goApart() {
    if (isInStage() && !sweeps.getLast().stages.getLast().loop) {
      values.splitGroup();
    }
  }

  private boolean isPlain(int v, int... dims) {
    Value value = values.get(v);
    return value.isComputed() && value.buffer().canTurnInto() && Arrays.equals(value.dims(), dims);
  }

  /** Returns the sum of each row, {@code [rows, n] -> [rows, 1]}. */
  public LoopValue rowSum(LoopValue of) {
    int in = rowMajor(of.id());
    values.read(in);
    int[] dims = values.dims(in);
    int out = values.computed(dims[0], 1);
    task(out, 4L * dims[0] * dims[1], () -> new RowSum(values.rowMajor(in), values.rowMajor(out)));
    return value(out);
  }

  /** Returns rows of a constant table {@code [V, E] -> [rows, E]}. */
  public LoopValue gather(LoopValue of, LoopInput.Ids ids, int rows) {
    int table = rowMajor(of.id());
    values.read(table);
    int[] dims = values.dims(table);
    tables.set(ids.id(), Math.min(tables.get(ids.id()), dims[0]));
    int out = values.computed(rows, dims[1]);
    task(
        out,
        4L * rows * dims[1],
        () -> new Gather(values.rowMajor(table), ids.id(), values.rowMajor(out)));
    return value(out);
  }

  /**
   * Returns the concatenation of values along an axis of the given size, zero where there are none.
   *
   * @param from the start of each
   */
  public LoopValue concat(int axis, int size, List<LoopValue> parts, int... from) {
    parts.forEach(p -> values.read(p.id()));
    int[] dims = parts.getFirst().shape().with(axis, size).dims();
    int out = values.computed(dims);
    Buffer whole = values.get(out).buffer();
    for (int i = 0; i < from.length; i++) {
      LoopValue part = parts.get(i);
      int at = from[i];
      int width = part.shape().dim(axis);
      UnaryOperator<Layout> region = l -> l.slice(axis, at, width);
      int target = values.add(Value.of(whole).view(region));
      if (canMoveInto(whole, part.id()) && values.operand(target) instanceof RowMajor) {
        values.get(part.id()).buffer().moveInto(whole, TimeSlot.THIS, region);
        whole.holdsParts = true;
      } else {
        copy(part.id(), target);
      }
    }
    return value(out);
  }

  private boolean canMoveInto(Buffer whole, int part) {
    Value v = values.get(part);
    return v.buffer().canMove() && v.isWhole() && v.buffer().sweep == whole.sweep;
  }

  /** Returns the result of any function, computed step by step. */
  public LoopValue call(
      Function<Tensor[], Tensor> f, Shape shape, List<? extends LoopInput.Argument> in) {
    for (LoopInput.Argument a : in) {
      if (a instanceof LoopValue v) {
        values.read(v.id());
      }
    }
    int out = values.computed(shape.dims());
    values.get(out).buffer().pin();
    task(
        out,
        0,
        () ->
            new Call(
                f,
                new Call.Target(type, shape, values.dense(out)),
                in.stream().map(this::argument).toList()));
    return value(out);
  }

  private Call.Source argument(LoopInput.Argument a) {
    return switch (a) {
      case LoopInput.Opaque o -> new Call.Bound(o.id(), o.sequence());
      case LoopValue v -> new Call.View(values.operand(v.id()));
    };
  }

  private LoopValue accumulator(int[] dims, IntFunction<Accumulate> task) {
    int out = values.add(Value.of(values.buffer(Kind.ACCUMULATOR, Lifetime.ONCE, dims)));
    Buffer b = values.get(out).buffer();
    sweeps.getLast().accumulators.add(() -> task.apply(b.index));
    return value(out);
  }

  /** Returns the sum of {@code left' right} over all steps. */
  public LoopValue accumulateOuter(LoopValue left, LoopValue right) {
    values.readAfter(left.id());
    values.readAfter(right.id());
    return accumulator(
        new int[] {left.shape().dim(1), right.shape().dim(1)},
        to -> Accumulate.outer(values, left.id(), right.id(), to));
  }

  /** Returns the sum over all steps and rows, {@code [rows, n] -> [n]}. */
  public LoopValue accumulateRows(LoopValue of) {
    int in = rowMajorAfter(of.id());
    return accumulator(
        new int[] {values.dims(in)[1]}, to -> new Accumulate.Rows(values.rowMajor(in), to));
  }

  /** Returns the sum over all steps. */
  public LoopValue accumulate(LoopValue of) {
    int in = rowMajorAfter(of.id());
    return accumulator(values.dims(in), to -> new Accumulate.Each(values.rowMajor(in), to));
  }

  /** Returns the sum over all steps of rows added to a table of {@code size} rows. */
  public LoopValue accumulateScatter(LoopValue of, LoopInput.Ids ids, int size) {
    int in = rowMajorAfter(of.id());
    return accumulator(
        new int[] {size, values.dims(in)[1]},
        to -> new Accumulate.Scatter(values.rowMajor(in), ids.id(), to));
  }

  /** Returns the loop. */
  public Loop build() {
    List<Buffer> buffers = values.roots();
    List<Sweep> closed = sweeps.stream().map(SweepBuilder::close).toList();
    Workspace.Sizes sizes = new Workspace.Sizes(matrices, List.copyOf(tables), opaques, stages);
    return new Loop(
        type, buffers, closed, values.indices(), sizes, List.copyOf(inputs), List.copyOf(outputs));
  }
}
