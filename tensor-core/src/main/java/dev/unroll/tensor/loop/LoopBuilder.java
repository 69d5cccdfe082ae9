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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
  private final Draft draft = new Draft();
  private final Values values = draft.values;
  private final List<LoopInput> inputs = new ArrayList<>();
  private final List<LoopValue> outputs = new ArrayList<>();

  /** For each sequence of ids, the number of rows of the shortest table that they index. */
  private final List<Integer> tables = new ArrayList<>();

  private int matrices;
  private int opaques;

  private LoopBuilder(DType type) {
    this.type = type;
  }

  /** Returns a builder of a loop over float32 or float64. */
  public static LoopBuilder of(DType type) {
    return new LoopBuilder(type);
  }

  /** Begins a sweep: the first goes forward, the second backward. */
  public void sweep() {
    draft.sweep();
  }

  /** Begins a stage that runs step by step. */
  public void loop() {
    draft.stage(true);
  }

  /** Begins a stage that runs over many steps at once. */
  public void steps() {
    draft.stage(false);
  }

  private LoopValue value(int id) {
    return new LoopValue(id, values.sweep(), Shape.of(values.dims(id)));
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
    return input(new LoopInput.Matrix(matrices++, values.sweep(), transposed));
  }

  /** Returns row ids that are bound. */
  public LoopInput.Ids ids() {
    tables.add(Integer.MAX_VALUE);
    return input(new LoopInput.Ids(tables.size() - 1, values.sweep()));
  }

  /** Returns a tensor of any type that is bound. */
  public LoopInput.Opaque opaque(boolean sequence) {
    return input(new LoopInput.Opaque(opaques++, values.sweep(), sequence));
  }

  /** Returns the value carried from the previous step; for the first step it is bound. */
  public LoopValue carried(Shape step) {
    return input(value(draft.carried(step.dims())));
  }

  /**
   * Carries a value to the next step of this sweep.
   *
   * @param value computed as a whole at each step, without padding, and not an output or carried
   *     already
   */
  public void next(LoopValue carried, LoopValue value) {
    Value v = values.get(value.id());
    if (!v.buffer().canMove() || !v.isWhole()) {
      throw new IllegalStateException(
          "[loop] expected a value that moves into the next step's, got " + value);
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
      return reshape(value(draft.copy(of.id())), to);
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

  /** Runs a pointwise program over values that broadcast to a shape; returns its results. */
  public List<LoopValue> pointwise(Program p, Shape shape, List<LoopValue> operands) {
    int[] dims = shape.dims();
    operands.forEach(v -> values.read(v.id()));
    int[] registers = p.results().stream().mapToInt(r -> r).toArray();
    int[] out = Arrays.stream(registers).map(r -> values.computed(dims)).toArray();
    draft.task(
        out[0],
        4L * p.body().size(),
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
    return multiply(null, false, left, matrix, columns);
  }

  /**
   * Returns {@code addend + left matrix}.
   *
   * @param reuse whether nothing else reads the addend, so that the result may overwrite it
   */
  public LoopValue multiplyAdd(
      LoopValue addend, boolean reuse, LoopValue left, LoopInput.Matrix matrix, int columns) {
    return multiply(addend, reuse, left, matrix, columns);
  }

  /** Returns what a product is added to, when the locations of all buffers are known. */
  private Supplier<Multiply.Addend> addend(int addend, boolean reuse, int out) {
    values.read(addend);
    Value v = values.get(addend);
    int[] dims = values.dims(out);
    if (reuse && v.isWhole() && v.buffer().canTurnInto() && Arrays.equals(v.dims(), dims)) {
      values.get(out).buffer().moveInto(v.buffer(), TimeSlot.THIS, Value.AS_COMPUTED);
      return Multiply.Result::new;
    }
    return () -> new Multiply.Of(values.operand(addend, dims), values.allSteps(addend, dims));
  }

  private LoopValue multiply(
      @Nullable LoopValue addend,
      boolean reuse,
      LoopValue left,
      LoopInput.Matrix matrix,
      int columns) {
    int a = left.id();
    values.splitGroup();
    values.read(a);
    int out = values.computed(left.shape().dim(0), columns);
    Supplier<Multiply.Addend> d =
        addend == null ? Multiply.Zero::new : addend(addend.id(), reuse, out);
    draft.task(
        out,
        left.shape().dim(1),
        () ->
            new Multiply(
                d.get(),
                values.operand(a),
                values.allSteps(a, values.dims(a)),
                matrix.id(),
                values.rowMajor(out),
                values.allSteps(out, values.dims(out))));
    values.splitGroup();
    return value(out);
  }

  /** Returns the sum of each row, {@code [rows, n] -> [rows, 1]}. */
  public LoopValue rowSum(LoopValue of) {
    int in = draft.rowMajor(of.id());
    values.read(in);
    int[] dims = values.dims(in);
    int out = values.computed(dims[0], 1);
    draft.task(out, 4L * dims[1], () -> new RowSum(values.rowMajor(in), values.rowMajor(out)));
    return value(out);
  }

  /** Returns rows of a constant table {@code [V, E] -> [rows, E]}. */
  public LoopValue gather(LoopValue of, LoopInput.Ids ids, int rows) {
    int table = draft.rowMajor(of.id());
    int[] dims = values.dims(table);
    tables.set(ids.id(), Math.min(tables.get(ids.id()), dims[0]));
    int out = values.computed(rows, dims[1]);
    draft.task(out, 4, () -> new Gather(values.rowMajor(table), ids.id(), values.rowMajor(out)));
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
    whole.concatenated = true;
    int covered = 0;
    for (int i = 0; i < from.length; i++) {
      LoopValue part = parts.get(i);
      int at = from[i];
      int width = part.shape().dim(axis);
      UnaryOperator<Layout> region = l -> l.slice(axis, at, width);
      int target = values.add(Value.of(whole).view(region));
      if (canMoveInto(whole, part.id()) && values.operand(target) instanceof RowMajor) {
        values.get(part.id()).buffer().moveInto(whole, TimeSlot.THIS, region);
      } else {
        draft.copy(part.id(), target);
      }
      covered += width;
    }
    if (covered < size) {
      whole.pin(); // Nothing else may write to the zeros.
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
    draft.task(
        out,
        0,
        () ->
            new Call(
                f,
                new Call.Target(type, shape, values.operand(out)),
                in.stream().map(this::argument).toList()));
    return value(out);
  }

  private Call.Source argument(LoopInput.Argument a) {
    return switch (a) {
      case LoopInput.Opaque o -> new Call.Bound(o.id(), o.sequence());
      case LoopValue v -> new Call.View(values.operand(v.id()));
    };
  }

  /** Returns the sum of {@code left' right} over all steps. */
  public LoopValue accumulateOuter(LoopValue left, LoopValue right) {
    values.readAfter(left.id());
    values.readAfter(right.id());
    return value(
        draft.accumulator(
            to -> Accumulate.outer(values, left.id(), right.id(), to),
            left.shape().dim(1),
            right.shape().dim(1)));
  }

  /** Returns the sum over all steps and rows, {@code [rows, n] -> [n]}. */
  public LoopValue accumulateRows(LoopValue of) {
    int in = draft.rowMajorAfter(of.id());
    return value(
        draft.accumulator(to -> new Accumulate.Rows(values.rowMajor(in), to), of.shape().dim(1)));
  }

  /** Returns the sum over all steps. */
  public LoopValue accumulate(LoopValue of) {
    int in = draft.rowMajorAfter(of.id());
    return value(
        draft.accumulator(to -> new Accumulate.Each(values.rowMajor(in), to), of.shape().dims()));
  }

  /** Returns the sum over all steps of rows added to a table of {@code size} rows. */
  public LoopValue accumulateScatter(LoopValue of, LoopInput.Ids ids, int size) {
    int in = draft.rowMajorAfter(of.id());
    return value(
        draft.accumulator(
            to -> new Accumulate.Scatter(values.rowMajor(in), ids.id(), to),
            size,
            of.shape().dim(1)));
  }

  /** Returns the loop. */
  public Loop build() {
    List<Buffer> buffers = values.roots();
    Workspace.Sizes sizes =
        new Workspace.Sizes(matrices, List.copyOf(tables), opaques, draft.stages());
    return new Loop(
        type,
        buffers,
        draft.close(),
        values.indices(),
        sizes,
        List.copyOf(inputs),
        List.copyOf(outputs));
  }
}
