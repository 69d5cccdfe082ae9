package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.loop.Home.Kind;
import dev.unroll.tensor.loop.Home.Span;
import dev.unroll.tensor.loop.Value.When;
import dev.unroll.tensor.spi.Instruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A loop that is being written: values, and the tasks that compute them. Where everything lies is
 * decided at the end, when all readers are known.
 *
 * @param <A> the array type
 */
public final class Draft<A> {
  private final Elements<A> elements;
  private final List<Value> values = new ArrayList<>();
  private final List<Home> homes = new ArrayList<>();
  private final List<SweepDraft<A>> sweeps = new ArrayList<>();
  private int packed;
  private final List<Integer> tables = new ArrayList<>();
  private int foreign;
  private int stages;

  /** Another number wherever tasks no longer run step by step with those before them. */
  private int among;

  /** Begins a loop over elements of one type. */
  public Draft(Elements<A> elements) {
    this.elements = elements;
  }

  /** Begins a sweep: the way forward is the first, the way back the second. */
  public void sweep() {
    sweeps.add(new SweepDraft<>());
  }

  /** Begins a stage of the sweep. */
  public void stage(boolean loop) {
    sweeps.getLast().stages.add(new SweepDraft.StageDraft<>(stages++, loop));
    among++;
  }

  private int add(Value v) {
    values.add(v);
    return values.size() - 1;
  }

  private Home home(Kind kind, Span span, int... dims) {
    SweepDraft<A> sweep = sweeps.getLast();
    Home h = new Home(kind, span, sweeps.size(), sweep.stages.isEmpty() ? -1 : among, dims);
    homes.add(h);
    return h;
  }

  /** Returns the sizes of a value. */
  public int[] dims(int v) {
    return values.get(v).dims();
  }

  /** Returns a value that is bound before a run, the same at all steps. */
  public int constant(int... dims) {
    return add(Value.of(home(Kind.BOUND, Span.ONCE, dims)));
  }

  /** Returns a value that is bound before a run, another at each step. */
  public int sequence(int... dims) {
    return add(Value.of(home(Kind.BOUND, Span.ALL, dims)));
  }

  /** Returns a matrix that is bound before a run, packed for products. */
  public int matrix() {
    return packed++;
  }

  /** Returns row numbers that are bound before a run. */
  public int ids() {
    tables.add(Integer.MAX_VALUE);
    return tables.size() - 1;
  }

  /** Returns something that no array of this loop can hold, bound before a run. */
  public int foreign() {
    return foreign++;
  }

  /** Returns what the step before handed on. */
  public int carried(int... dims) {
    Home h = home(Kind.CARRIED, Span.BLOCK, dims);
    sweeps.getLast().carried.add(h);
    return add(new Value(h, When.BEFORE, Value.AS_COMPUTED));
  }

  /** Hands a computed value on to the next step. */
  public void next(int carried, int value) {
    Value v = values.get(value);
    if (!v.home().canMove() || !v.isWhole()) {
      throw new IllegalStateException("[loop] only a computed value can be handed on");
    }
    v.home().moveInto(values.get(carried).home(), When.AFTER, Value.AS_COMPUTED);
  }

  /** Hands a computed value out: all of its steps are kept. */
  public void output(int value) {
    Home h = values.get(value).home();
    h.pin();
    h.root().handedOut = true;
    h.lengthen(Span.ALL);
  }

  /** Returns a view of a value. */
  public int view(int of, UnaryOperator<Layout> f) {
    return add(values.get(of).view(f));
  }

  /** Returns a value under another shape: a view, or that of a copy where no view can be. */
  public int reshape(int of, int... dims) {
    Value v = values.get(of);
    if (v.layout().reshape(dims) == null) {
      return reshape(copy(of, v.dims()), dims);
    }
    v.home().pin();
    return add(
        v.view(x -> {
          Layout to = x.reshape(dims);
          if (to == null) {
            throw new IllegalStateException("[loop] a view that cannot be reshaped");
          }
          return to;
        }));
  }

  private void read(int v) {
    Home h = values.get(v).home();
    if (!sweeps.getLast().stages.isEmpty()) {
      h.readIn(sweeps.size(), among);
    }
  }

  private void readAfter(int v) {
    Home h = values.get(v).home();
    h.readIn(sweeps.size(), -2);
  }

  private int result(int... dims) {
    boolean once = sweeps.getLast().stages.isEmpty();
    return add(Value.of(home(Kind.COMPUTED, once ? Span.ONCE : Span.STEP, dims)));
  }

  private Place place(int v, int... dims) {
    Place p = Place.of(values.get(v), dims);
    if (p == null) {
      throw new IllegalStateException("[loop] not a matrix: " + values.get(v).layout());
    }
    return p;
  }

  /** Returns where a value lies that is row-major: see {@link #rowMajor(int)}. */
  private RowMajor rows(int v) {
    return new RowMajor(place(v, dims(v)));
  }

  /**
   * Returns a value whose rows can be read one after the other, wherever its home moves: the value
   * itself, or a copy. What is computed lies so, and moves only to where it does.
   */
  private int rowMajor(int v) {
    Value value = values.get(v);
    Place p = Place.of(value, value.dims());
    if (p == null || !RowMajor.holds(p)) {
      return copy(v, value.dims());
    }
    if (!value.isWhole()) {
      value.home().pin();
    }
    return v;
  }

  /** Returns the same for a sum over steps, which reads it after all stages. */
  private int rowMajorAfter(int v) {
    Place p = Place.of(values.get(v), dims(v));
    if (p == null || !RowMajor.holds(p)) {
      List<SweepDraft.StageDraft<A>> stages = sweeps.getLast().stages;
      if (stages.isEmpty() || stages.getLast().loop) {
        stage(false);
      }
    }
    return rowMajor(v);
  }

  /** Returns a value that can be an operand when it is broadcast to sizes: itself, or a copy. */
  private int operand(int v, int... dims) {
    if (dims.length > 2) {
      values.get(v).home().pin();
    }
    return Place.of(values.get(v), dims) == null ? copy(v, dims) : v;
  }

  /** Returns a copy of a value that is broadcast to sizes. */
  private int copy(int v, int... dims) {
    read(v);
    int out = result(dims);
    move(v, out, dims);
    return out;
  }

  private void move(int from, int to, int... dims) {
    task(
        to,
        0,
        () -> {
          Place source = Place.of(values.get(from), dims);
          Place target = Place.of(values.get(to), dims);
          return source != null && target != null
              ? new Move<>(source, target)
              : Runs.of(first(from), layout(from).expand(dims), first(to), layout(to));
        });
  }

  /** Adds a task, unless it has nothing to write. */
  private void task(int out, long work, Supplier<Task<A>> task) {
    if (values.get(out).layout().size() == 0) {
      return;
    }
    SweepDraft<A> sweep = sweeps.getLast();
    if (sweep.stages.isEmpty()) {
      sweep.once.add(task);
    } else {
      sweep.stages.getLast().tasks.add(task);
      sweep.stages.getLast().work += work;
    }
  }

  /** Runs a pointwise program; returns its results. */
  public int[] pointwise(int[] dims, List<Instruction> body, int[] registers, int... given) {
    int[] in = Arrays.stream(given).map(v -> operand(v, dims)).toArray();
    Arrays.stream(in).forEach(this::read);
    int[] out = Arrays.stream(registers).map(r -> result(dims)).toArray();
    int size = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    task(
        out[0],
        4L * size * body.size(),
        () ->
            new Chain<>(
                Arrays.stream(in).mapToObj(v -> place(v, dims)).toList(),
                Arrays.stream(out).mapToObj(v -> place(v, dims)).toList(),
                body,
                registers));
    return out;
  }

  /**
   * Adds a product to a value.
   *
   * @param addend or -1
   * @param reuse whether nobody else reads the addend, so that the result can take its place
   * @param left {@code [rows, k]}
   * @param columns of the packed matrix
   */
  public int multiply(int addend, boolean reuse, int left, int matrix, int columns) {
    int[] dims = {values.get(left).dims()[0], columns};
    goApart();
    read(left);
    int out = result(dims);
    boolean inPlace = addend >= 0 && reuse && isPlain(addend, dims);
    if (addend >= 0) {
      read(addend);
    }
    if (inPlace) {
      values.get(out).home().moveInto(values.get(addend).home(), When.NOW, Value.AS_COMPUTED);
    }
    long work = (long) dims[0] * columns * values.get(left).dims()[1];
    task(
        out,
        work,
        () ->
            new Multiply<>(
                addend < 0 || inPlace ? null : place(addend, dims),
                addend < 0,
                place(left, values.get(left).dims()),
                matrix,
                rows(out)));
    goApart();
    return out;
  }

  /** A product that no step waits for takes all steps of a block at once. */
  private void goApart() {
    List<SweepDraft.StageDraft<A>> stages = sweeps.getLast().stages;
    if (!stages.isEmpty() && !stages.getLast().loop) {
      among++;
    }
  }

  private boolean isPlain(int v, int... dims) {
    Value value = values.get(v);
    return value.isComputed() && value.home().canTurnInto() && Arrays.equals(value.dims(), dims);
  }

  /** Sums each row: {@code [rows, n] -> [rows, 1]}. */
  public int rowSum(int of) {
    int in = rowMajor(of);
    read(in);
    int[] dims = values.get(in).dims();
    int out = result(dims[0], 1);
    task(out, 4L * dims[0] * dims[1], () -> new RowSum<>(rows(in), rows(out)));
    return out;
  }

  /** Reads rows of a table. */
  public int lookup(int of, int ids, int rows) {
    int table = rowMajor(of);
    read(table);
    int[] dims = values.get(table).dims();
    tables.set(ids, Math.min(tables.get(ids), dims[0]));
    int out = result(rows, dims[1]);
    task(out, 4L * rows * dims[1], () -> new Lookup<>(rows(table), ids, rows(out)));
    return out;
  }

  /** Puts values one after the other along an axis; what is not covered is zero. */
  public int concat(int axis, int size, int[] parts, int[] from) {
    for (int p : parts) {
      read(p);
    }
    int[] dims = values.get(parts[0]).dims().clone();
    dims[axis] = size;
    int out = result(dims);
    Home whole = values.get(out).home();
    for (int i = 0; i < parts.length; i++) {
      Value part = values.get(parts[i]);
      int at = from[i];
      int width = part.dims()[axis];
      UnaryOperator<Layout> region = l -> l.slice(axis, at, width);
      Value target = Value.of(whole).view(region);
      Place place = Place.of(target, part.dims());
      if (part.home().canMove()
          && part.isWhole()
          && part.home().sweep == whole.sweep
          && place != null
          && RowMajor.holds(place)) {
        part.home().moveInto(whole, When.NOW, region);
        whole.holdsParts = true;
      } else {
        move(parts[i], add(target), part.dims());
      }
    }
    return out;
  }

  /** Computes a value in a way of its own. */
  public int custom(int[] dims, Function<Place, Task<A>> task, int... in) {
    Arrays.stream(in).forEach(this::read);
    int out = result(dims);
    values.get(out).home().pin();
    task(out, 0, () -> task.apply(first(out)));
    return out;
  }

  /** Returns where a value begins, for tasks that go their own way. */
  public Place first(int v) {
    Value value = values.get(v);
    When when = value.when() == When.NOW ? value.home().when() : value.when();
    return new Place(value.home().root().index, when, value.layout().offset(), 1, 0, 1, 1, false);
  }

  /** Returns how a value lies. */
  public Layout layout(int v) {
    return values.get(v).layout();
  }

  private int total(int[] dims, Function<Place, Total<A>> total) {
    int out = add(Value.of(home(Kind.TOTAL, Span.ONCE, dims)));
    sweeps.getLast().totals.add(() -> total.apply(first(out)));
    return out;
  }

  /** Sums {@code left' right} over all steps. */
  public int outer(int left, int right) {
    readAfter(left);
    readAfter(right);
    int[] l = values.get(left).dims();
    int[] r = values.get(right).dims();
    return total(
        new int[] {l[1], r[1]}, to -> new Total.Outer<>(place(left, l), place(right, r), to));
  }

  /** Sums over all steps and rows. */
  public int sumOfRows(int of) {
    int in = rowMajorAfter(of);
    readAfter(in);
    return total(new int[] {dims(in)[1]}, to -> new Total.Rows<>(rows(in), to));
  }

  /** Sums over all steps. */
  public int sum(int of) {
    int in = rowMajorAfter(of);
    readAfter(in);
    return total(dims(in), to -> new Total.Each<>(rows(in), to));
  }

  /** Sums rows over all steps into a table. */
  public int scatter(int of, int ids, int size) {
    int in = rowMajorAfter(of);
    readAfter(in);
    int[] sizes = {size, dims(in)[1]};
    return total(sizes, to -> new Total.Scatter<>(rows(in), ids, to));
  }

  /** Closes the draft: decides where everything lies. */
  public Loop<A> close() {
    int n = 0;
    for (Home h : homes) {
      if (h.root() == h) {
        h.index = n++;
      }
    }
    List<Home> roots = homes.stream().filter(h -> h.root() == h).toList();
    List<Sweep<A>> closed = sweeps.stream().map(SweepDraft::close).toList();
    int registers = closed.stream().mapToInt(Sweep::registers).max().orElse(0);
    int[] index = values.stream().mapToInt(v -> v.home().root().index).toArray();
    return new Loop<>(
        elements,
        roots,
        closed,
        index,
        new Loop.Sizes(packed, List.copyOf(tables), foreign, registers, stages));
  }
}
