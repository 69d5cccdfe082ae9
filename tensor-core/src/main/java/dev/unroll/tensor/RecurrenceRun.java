package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Copy;
import dev.unroll.tensor.kernel.Doubles;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Floats;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Right;
import dev.unroll.tensor.loop.Frame;
import dev.unroll.tensor.loop.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link Recurrence}: its inputs and its outputs. It belongs to one thread, which
 * shares the work with others where that is worth it. A run that is closed has given its arrays to
 * the next one: whatever is asked of it is an {@link IllegalStateException}.
 */
public final class RecurrenceRun implements AutoCloseable {
  private final Recurrence recurrence;
  private final AtomicReference<@Nullable Pass<?>> open;

  private RecurrenceRun(Recurrence recurrence, Pass<?> pass) {
    this.recurrence = recurrence;
    open = new AtomicReference<>(pass);
  }

  /** Returns the arrays of the run while they are its own. */
  private Pass<?> pass() {
    Pass<?> pass = open.get();
    if (pass == null) {
      throw new IllegalStateException("[recurrence] the run is closed");
    }
    return pass;
  }

  static RecurrenceRun of(Recurrence r, int steps, boolean ascending, boolean keeps) {
    return new RecurrenceRun(r, Pass.of(r.loop(), r, steps, ascending, keeps));
  }

  /** A foreign tensor, and whether there is one for each step. */
  private record Foreign(Tensor tensor, boolean sequence) {}

  static Tensor foreign(Frame<?> frame, int index, int t) {
    if (frame.foreign[index] instanceof Foreign f) {
      return f.sequence ? f.tensor.select(0, t) : f.tensor;
    }
    throw new IllegalStateException("[recurrence] no tensor is bound as " + index);
  }

  /** Binds a constant. */
  public void constant(int value, Tensor t) {
    pass().bind(value, check(value, t, t.shape()));
  }

  /** Binds the values of all steps, {@code [T, ...]}. */
  public void sequence(int value, Tensor t) {
    pass().bind(value, check(value, t, t.shape().without(0)));
  }

  private Tensor check(int value, Tensor t, Shape step) {
    if (!step.equals(recurrence.shape(value)) || t.type() != recurrence.type()) {
      throw new IllegalArgumentException(
          "[recurrence] expects "
              + recurrence.type()
              + recurrence.shape(value)
              + ", given "
              + t.type()
              + step);
    }
    return t;
  }

  /**
   * Binds a right-hand side {@code [K, N]}, or {@code [N, K]} if it is to be transposed. It is
   * copied: what becomes of the tensor later changes nothing.
   */
  public void matrix(int matrix, Tensor m, boolean transposed) {
    pass().matrix(matrix, m, transposed);
  }

  /**
   * Binds row numbers, int32 {@code [T, rows]}.
   *
   * @throws IllegalArgumentException if one is outside of the table that they are for
   */
  public void ids(int ids, Tensor t) {
    int[] values = t.toInts();
    pass().ids(ids, values);
  }

  /** Binds a tensor of any type: the same at all steps, or with a first axis T. */
  public void foreign(int foreign, Tensor t, boolean sequence) {
    pass().frame.foreign[-1 - foreign] = new Foreign(t, sequence);
  }

  /** Binds what is carried into the first step of a sweep. */
  public void initial(int carried, Tensor t) {
    pass().initial(carried, check(carried, t, t.shape()));
  }

  /** Prepares what will be handed out: to be called for each output before its sweep runs. */
  public void expect(int value) {
    pass().expect(value, recurrence.shape(value));
  }

  /** Runs the first sweep. */
  public void forward() {
    pass().forward();
  }

  /** Binds an array of its own to a sequence of one step, for {@link #put}. */
  public void reserve(int sequence) {
    pass().reserve(sequence, recurrence.shape(sequence));
  }

  /**
   * Writes the next step's values into a sequence that was reserved.
   *
   * @throws IllegalArgumentException if there are not as many as a step has
   */
  public void put(int sequence, float... values) {
    pass().put(Floats.INSTANCE, sequence, values, values.length);
  }

  /** Writes the next step's values: see {@link #put(int, float...)}. */
  public void put(int sequence, double... values) {
    pass().put(Doubles.INSTANCE, sequence, values, values.length);
  }

  /**
   * Writes the next step's row numbers.
   *
   * @throws IllegalArgumentException if there are not as many as a step has, or one is outside of
   *     the table
   */
  public void putIds(int ids, int... values) {
    pass().putIds(ids, values);
  }

  /** Prepares a run of one step, for {@link #again}. */
  public void begin() {
    pass().begin();
  }

  /** Takes the step of a run of one step again: what it handed on is carried into it. */
  public void again() {
    pass().block(0, 0, true);
  }

  /** Reads an output of the step that was taken last. */
  public void get(int output, float... into) {
    pass().get(Floats.INSTANCE, output, into, into.length);
  }

  /** Reads an output: see {@link #get(int, float...)}. */
  public void get(int output, double... into) {
    pass().get(Doubles.INSTANCE, output, into, into.length);
  }

  /** Runs the second sweep, from the step that came last in the first. */
  public void backward() {
    pass().backward();
  }

  /** Returns the values of all steps, {@code [T, ...]}. */
  public Tensor output(int value) {
    return pass().output(value);
  }

  /** Returns what the last step of a sweep handed on. */
  public Tensor last(int carried) {
    return pass().last(carried, recurrence.shape(carried));
  }

  /** Returns a sum over all steps. */
  public Tensor total(int value) {
    return pass().total(value, recurrence.shape(value));
  }

  /** Ends the run: its arrays serve the next one. Closing it twice does nothing more. */
  @Override
  public void close() {
    Pass<?> pass = open.getAndSet(null);
    if (pass != null) {
      pass.release();
    }
  }

  /** The run, on arrays of one type. */
  private static final class Pass<A> {
    private final Loop<A> loop;
    private final Elements<A> e;
    private final DType type;
    private final int steps;
    private final int block;
    private final boolean ascending;
    private final boolean keeps;
    private final Frame<A> frame;
    private final List<Integer> carried = new ArrayList<>();
    private final Map<Integer, Tensor> outputs = new HashMap<>();
    private final List<List<A>> borders = new ArrayList<>();

    private Pass(Loop<A> loop, Recurrence r, int steps, boolean ascending, boolean keeps) {
      this.loop = loop;
      this.type = r.type();
      this.e = Recurrence.elements(type);
      this.steps = steps;
      this.ascending = ascending;
      this.keeps = keeps;
      block = loop.block(steps);
      frame = loop.frame(steps, block, keeps);
    }

    static <A> Pass<A> of(Loop<A> loop, Recurrence r, int steps, boolean ascending, boolean keeps) {
      return new Pass<>(loop, r, steps, ascending, keeps);
    }

    void release() {
      loop.release(frame);
    }

    void ids(int ids, int... values) {
      loop.checkIds(ids, values);
      frame.ids[ids] = values;
    }

    void putIds(int ids, int... values) {
      int[] to = frame.ids[ids];
      if (values.length != to.length) {
        throw new IllegalArgumentException(
            "[recurrence] expected " + to.length + " row ids, got " + values.length);
      }
      loop.checkIds(ids, values);
      System.arraycopy(values, 0, to, 0, to.length);
    }

    void bind(int value, Tensor t) {
      Tensor dense = t.contiguous();
      if (dense.layout().offset() != 0) {
        A copy = Buffers.room(e, "recurrence", t.shape());
        Copy.run(e, Tensor.array(e, dense), dense.layout(), copy, Layout.of(t.shape().dims()));
        loop.bind(frame, value, copy);
      } else {
        loop.bind(frame, value, Tensor.array(e, dense));
      }
    }

    void matrix(int matrix, Tensor m, boolean transposed) {
      int k = m.shape().dim(transposed ? 1 : 0);
      int n = m.shape().dim(transposed ? 0 : 1);
      Matrix<A> plain = Matrices.matrix(e, m);
      Matrix<A> right = transposed ? plain.transposed() : plain;
      Right.Packed<A> kept = m.memo.packed(e, k, n, right, transposed);
      if (kept != null) { // It serves many runs.
        loop.bindMatrix(frame, matrix, kept);
      } else {
        loop.packMatrix(frame, matrix, k, n, right);
      }
    }

    void begin() {
      begin(0);
    }

    void reserve(int value, Shape step) {
      loop.bind(frame, value, e.allocate(step.size()));
    }

    <B> void put(Elements<B> type, int value, B from, int n) {
      B to = array(type, value, n);
      type.copy(n, from, 0, 1, to, 0, 1);
    }

    <B> void get(Elements<B> type, int value, B into, int n) {
      B from = array(type, value, n);
      type.copy(n, from, loop.isCarried(value) ? n : 0, 1, into, 0, 1);
    }

    @SuppressWarnings("unchecked") // Arrays of the same elements.
    private <B> B array(Elements<B> other, int value, int n) {
      if (other != e || n != loop.size(value)) {
        throw new IllegalArgumentException(
            "[recurrence] expects "
                + type
                + " of "
                + loop.size(value)
                + " elements, given "
                + Tensor.type(other)
                + " of "
                + n);
      }
      return (B) loop.array(frame, value);
    }

    void initial(int value, Tensor t) {
      A state = loop.state(frame, value);
      Copy.run(e, Tensor.array(e, t), t.layout(), state, Layout.of(t.shape().dims()));
      carried.add(value);
    }

    void expect(int value, Shape step) {
      int slots = steps + (loop.isCarried(value) ? 1 : 0);
      Shape all = step.insert(0, slots);
      A array = Buffers.room(e, "recurrence", all);
      loop.bind(frame, value, array);
      outputs.put(value, Tensor.dense(type, all, array));
    }

    void forward() {
      begin(0);
      int blocks = (steps + block - 1) / block;
      for (int i = 0; i < blocks; i++) {
        if (!keeps) {
          borders.add(carried.stream().map(c -> copy(c)).toList());
        }
        block(0, ascending ? i : blocks - 1 - i, ascending);
      }
    }

    private void begin(int sweep) {
      loop.begin(frame, sweep, n -> Buffers.zeros(e, "recurrence", Shape.of(n)));
    }

    private A copy(int value) {
      A from = loop.state(frame, value);
      int n = loop.size(value);
      A to = e.allocate(n);
      e.copy(n, from, 0, 1, to, 0, 1);
      return to;
    }

    private void block(int sweep, int i, boolean up) {
      loop.block(frame, sweep, i * block, Math.min(steps, (i + 1) * block), up);
    }

    void backward() {
      begin(1);
      int blocks = (steps + block - 1) / block;
      for (int i = blocks - 1; i >= 0; i--) {
        int at = ascending ? i : blocks - 1 - i;
        if (!keeps) {
          List<A> border = borders.get(i);
          for (int k = 0; k < border.size(); k++) {
            int c = carried.get(k);
            e.copy(loop.size(c), border.get(k), 0, 1, loop.state(frame, c), 0, 1);
          }
          block(0, at, ascending);
        }
        block(1, at, !ascending);
      }
    }

    Tensor output(int value) {
      Tensor all = outputs.get(value);
      if (all == null) {
        throw new IllegalStateException("[recurrence] not expected: " + value);
      }
      if (!loop.isCarried(value)) {
        return all;
      }
      // The slot that no step wrote is the first in the direction of the sweep.
      int from = loop.isForward(value) == ascending ? 1 : 0;
      return all.slice(0, from, from + steps);
    }

    Tensor last(int value, Shape step) {
      A to = Buffers.room(e, "recurrence", step);
      e.copy(step.size(), loop.state(frame, value), 0, 1, to, 0, 1);
      return Tensor.dense(type, step, to);
    }

    Tensor total(int value, Shape shape) {
      return Tensor.dense(type, shape, loop.array(frame, value));
    }
  }
}
