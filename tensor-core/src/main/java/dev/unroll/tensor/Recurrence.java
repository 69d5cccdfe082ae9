package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.loop.Draft;
import dev.unroll.tensor.loop.Loop;
import java.util.List;
import java.util.function.Function;

/**
 * A step that is planned ahead and run many times: products, pointwise programs and what else a
 * recurrent network computes at each step, with all arrays laid out before the first. What {@link
 * Program} is to a chain of elementwise operations this is to a loop over time.
 *
 * <p>A recurrence goes through time in one or two sweeps, forward and then backward, each in
 * stages: a stage runs step by step, because each step needs the one before, or over many steps at
 * once. It is written with a {@link Builder} and run with {@link #run}. It holds no numbers: any
 * number of threads may run it.
 */
public final class Recurrence {
  private final DType type;
  private final Loop<?> loop;
  private final List<Shape> shapes;

  private Recurrence(DType type, Loop<?> loop, List<Shape> shapes) {
    this.type = type;
    this.loop = loop;
    this.shapes = List.copyOf(shapes);
  }

  DType type() {
    return type;
  }

  Loop<?> loop() {
    return loop;
  }

  Shape shape(int value) {
    return shapes.get(value);
  }

  /** Returns a builder of a recurrence over float32 or float64. */
  public static Builder of(DType type) {
    return new Builder(type, new Draft<>(Tensor.elements(type)));
  }

  /** Returns the bytes that each step adds to what the second sweep needs of the first. */
  public long keptPerStep() {
    return loop.keptPerStep(type.bytes());
  }

  /**
   * Begins a run.
   *
   * @param steps T, at least 1
   * @param order whether the first sweep goes from the first step to the last
   * @param keeps whether what the second sweep needs is kept; else it is computed again block by
   *     block, to the same bits
   */
  public RecurrenceRun run(int steps, boolean order, boolean keeps) {
    return RecurrenceRun.of(this, steps, order, keeps);
  }

  /**
   * Writes a recurrence. Values are numbers, as in a {@link Program}; a step's value has the shape
   * of one step, {@code [B, ...]}.
   */
  public static final class Builder {
    private final DType type;
    private final Draft<?> draft;
    private final List<Shape> shapes = new java.util.ArrayList<>();

    private Builder(DType type, Draft<?> draft) {
      this.type = type;
      this.draft = draft;
    }

    private int add(int value, Shape shape) {
      while (shapes.size() <= value) {
        shapes.add(shape);
      }
      return value;
    }

    private int add(int value) {
      return add(value, Shape.of(draft.dims(value)));
    }

    /** Begins a sweep: the first goes forward, the second back. */
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

    /** Returns the shape of a step's value. */
    public Shape shape(int value) {
      return shapes.get(value);
    }

    /** Returns a value that is the same at all steps: see {@link RecurrenceRun#constant}. */
    public int constant(Shape shape) {
      return add(draft.constant(shape.dims()));
    }

    /** Returns a value of each step: see {@link RecurrenceRun#sequence}. */
    public int sequence(Shape step) {
      return add(draft.sequence(step.dims()));
    }

    /** Returns a right-hand side of products: see {@link RecurrenceRun#matrix}. */
    public int matrix() {
      return draft.matrix();
    }

    /** Returns row numbers: see {@link RecurrenceRun#ids}. */
    public int ids() {
      return draft.ids();
    }

    /** Returns a tensor of any type, for {@link #call}: see {@link RecurrenceRun#foreign}. */
    public int foreign() {
      return -1 - draft.foreign();
    }

    /** Returns what the step before handed on: see {@link RecurrenceRun#initial}. */
    public int carried(Shape step) {
      return add(draft.carried(step.dims()));
    }

    /** Hands a computed value on to the next step of this sweep. */
    public void next(int carried, int value) {
      draft.next(carried, value);
    }

    /** Hands the values of all steps out: see {@link RecurrenceRun#output}. */
    public void output(int value) {
      draft.output(value);
    }

    /** Returns positions along an axis: a view. */
    public int slice(int of, int axis, int from, int to) {
      return add(draft.view(of, l -> l.slice(axis, from, to - from)));
    }

    /** Returns axes of size 1 repeated: a view. */
    public int expand(int of, Shape to) {
      return add(draft.view(of, l -> l.expand(to.dims())));
    }

    /** Returns the axes in another order: a view. */
    public int permute(int of, int... axes) {
      return add(draft.view(of, l -> l.permute(axes)));
    }

    /** Returns a value under another shape: a view, or a copy where no view can be. */
    public int reshape(int of, Shape to) {
      return add(draft.reshape(of, to.dims()));
    }

    /** Runs a pointwise program over values that broadcast to a shape; returns its results. */
    public int[] pointwise(Program p, Shape shape, int... in) {
      int[] registers = p.results().stream().mapToInt(r -> r).toArray();
      int[] out = draft.pointwise(shape.dims(), p.body(), registers, in);
      for (int v : out) {
        add(v);
      }
      return out;
    }

    /** Returns {@code left matrix}, {@code [rows, columns]}. */
    public int multiply(int left, int matrix, int columns) {
      return add(draft.multiply(-1, false, left, matrix, columns));
    }

    /**
     * Returns {@code addend + left matrix}.
     *
     * @param reuse whether nothing else reads the addend: then its place becomes that of the result
     */
    public int multiplyAdd(int addend, boolean reuse, int left, int matrix, int columns) {
      return add(draft.multiply(addend, reuse, left, matrix, columns));
    }

    /** Returns the sum of each row, {@code [rows, n] -> [rows, 1]}. */
    public int rowSum(int in) {
      return add(draft.rowSum(in));
    }

    /** Returns rows of a constant table {@code [V, E] -> [rows, E]}. */
    public int rows(int table, int ids, int rows) {
      return add(draft.lookup(table, ids, rows));
    }

    /** Returns values one after the other along an axis of some size; what none covers is zero. */
    public int concat(int axis, int size, int[] parts, int[] from) {
      return add(draft.concat(axis, size, parts, from));
    }

    /** Returns the result of any function, computed step by step. */
    public int call(Function<Tensor[], Tensor> f, Shape shape, int... in) {
      return add(call(draft, f, shape, in));
    }

    private <A> int call(Draft<A> d, Function<Tensor[], Tensor> f, Shape shape, int... in) {
      int[] own = java.util.Arrays.stream(in).filter(v -> v >= 0).toArray();
      return d.custom(
          shape.dims(), to -> new RecurrenceCall<>(d, type, f, shape, to, in.clone()), own);
    }

    /** Returns the sum of {@code left' right} over all steps. */
    public int outer(int left, int right) {
      return add(draft.outer(left, right));
    }

    /** Returns the sum over all steps and rows, {@code [rows, n] -> [n]}. */
    public int sumOfRows(int in) {
      return add(draft.sumOfRows(in));
    }

    /** Returns the sum over all steps. */
    public int sum(int in) {
      return add(draft.sum(in));
    }

    /** Returns the sum over all steps of rows added into a table of so many rows. */
    public int scatter(int in, int ids, int size) {
      return add(draft.scatter(in, ids, size));
    }

    /** Returns the recurrence. */
    public Recurrence build() {
      return new Recurrence(type, draft.close(), shapes);
    }
  }

  /** Returns the elements of this type, for whoever knows the array type. */
  @SuppressWarnings("unchecked")
  static <A> Elements<A> elements(DType type) {
    return (Elements<A>) Tensor.elements(type);
  }
}
