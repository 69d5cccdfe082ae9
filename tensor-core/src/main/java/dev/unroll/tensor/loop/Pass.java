package dev.unroll.tensor.loop;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.access.SharedAccess;
import dev.unroll.tensor.access.TensorAccess;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.loop.Buffer.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A run on arrays of one type: what {@link LoopRun} does while it is open.
 *
 * @param <A> the array type
 */
final class Pass<A> {
  private static final TensorAccess<Tensor, DType, Shape> TENSORS = SharedAccess.tensor();

  private final Loop loop;
  private final Elements<A> e;
  private final int steps;
  private final int block;
  private final boolean ascending;
  private final boolean keeps;
  private final Workspace<A> w;
  private final Binder<A> binder;
  private final Map<LoopValue, Tensor> outputs = new HashMap<>();

  /** The carried values before each block, in the order of the forward sweep's carried values. */
  private final List<List<A>> borders = new ArrayList<>();

  private Pass(Loop loop, Elements<A> e, int steps, boolean ascending, boolean keeps) {
    this.loop = loop;
    this.e = e;
    this.steps = steps;
    this.ascending = ascending;
    this.keeps = keeps;
    block = loop.block(steps);
    w = loop.workspace(e, steps, block, keeps);
    binder = new Binder<>(loop, w);
  }

  static <A> Pass<A> of(Loop loop, Elements<A> e, int steps, boolean ascending, boolean keeps) {
    return new Pass<>(loop, e, steps, ascending, keeps);
  }

  void release() {
    loop.release(w);
  }

  void bind(LoopInput input, Tensor t) {
    binder.bind(input, t);
  }

  void reserve(LoopValue sequence) {
    w.arrays[loop.buffer(sequence).index] = e.allocate(sequence.shape().size());
  }

  void put(LoopInput.Ids ids, int... values) {
    int[] to = w.ids(ids.id());
    if (values.length != to.length) {
      throw new IllegalArgumentException(
          "[loop] expected " + to.length + " row ids, got " + values.length);
    }
    loop.check(ids, values);
    System.arraycopy(values, 0, to, 0, to.length);
  }

  <B> void put(Elements<B> type, LoopValue value, B from, int n) {
    B to = array(type, value, n);
    type.copy(n, from, 0, 1, to, 0, 1);
  }

  <B> void get(Elements<B> type, LoopValue value, B into, int n) {
    B from = array(type, value, n);
    boolean carried = loop.buffer(value).kind == Kind.CARRIED;
    type.copy(n, from, carried ? n : 0, 1, into, 0, 1);
  }

  @SuppressWarnings("unchecked") // Arrays of the same elements.
  private <B> B array(Elements<B> other, LoopValue value, int n) {
    int size = loop.buffer(value).size();
    if (other != e || n != size) {
      DType given = other == TENSORS.elements(DType.FLOAT32) ? DType.FLOAT32 : DType.FLOAT64;
      throw new IllegalArgumentException(
          "[loop] expected " + size + " elements of " + loop.type + ", got " + n + " of " + given);
    }
    return (B) w.array(loop.buffer(value).index);
  }

  void forward() {
    begin(0);
    int blocks = (steps + block - 1) / block;
    for (int i = 0; i < blocks; i++) {
      if (!keeps) {
        borders.add(carried().stream().map(this::copy).toList());
      }
      block(0, ascending ? i : blocks - 1 - i, ascending);
    }
  }

  private List<Integer> carried() {
    return loop.sweep(0).carried();
  }

  private A copy(int carried) {
    int n = loop.buffers().get(carried).size();
    A to = e.allocate(n);
    e.copy(n, w.state(carried), 0, 1, to, 0, 1);
    return to;
  }

  /** Prepares a sweep: outputs have arrays, sums begin at zero, and constants are computed. */
  void begin(int sweep) {
    binder.checkBound(sweep);
    for (LoopValue v : loop.outputs()) {
      if (v.sweep() == sweep) {
        expect(v);
      }
    }
    for (Buffer b : loop.buffers()) {
      if (b.kind == Kind.ACCUMULATOR && b.sweep == sweep) {
        w.arrays[b.index] = TENSORS.zeros(e, "loop", Shape.of(b.size()));
      }
    }
    for (Task task : loop.sweep(sweep).once()) {
      task.run(w, new RowRange<>(task.rows(), task.frame(), 0, 1), 0);
    }
  }

  private void expect(LoopValue v) {
    Buffer b = loop.buffer(v);
    Shape all = v.shape().insert(0, steps + (b.kind == Kind.CARRIED ? 1 : 0));
    A array = TENSORS.allocate(e, "loop", all);
    w.arrays[b.index] = array;
    outputs.put(v, TENSORS.dense(loop.type, all, array));
  }

  void block(int sweep, int i, boolean up) {
    loop.sweep(sweep).block(w, i * block, Math.min(steps, (i + 1) * block), up);
  }

  void backward() {
    begin(1);
    int blocks = (steps + block - 1) / block;
    for (int i = blocks - 1; i >= 0; i--) {
      int at = ascending ? i : blocks - 1 - i;
      if (!keeps) {
        List<A> border = borders.get(i);
        for (int k = 0; k < border.size(); k++) {
          int c = carried().get(k);
          e.copy(w.stride[c], border.get(k), 0, 1, w.state(c), 0, 1);
        }
        block(0, at, ascending);
      }
      block(1, at, !ascending);
    }
  }

  Tensor output(LoopValue value) {
    Tensor all = outputs.get(value);
    if (all == null) {
      throw new IllegalStateException("[loop] not an output of a sweep that has begun: " + value);
    }
    Buffer b = loop.buffer(value);
    if (b.kind != Kind.CARRIED) {
      return all;
    }
    // The slot that no step has written is the first in the direction of the sweep.
    int from = (b.sweep == 0) == ascending ? 1 : 0;
    return all.slice(0, from, from + steps);
  }

  Tensor last(LoopValue value) {
    Shape step = value.shape();
    A to = TENSORS.allocate(e, "loop", step);
    e.copy(step.size(), w.state(loop.buffer(value).index), 0, 1, to, 0, 1);
    return TENSORS.dense(loop.type, step, to);
  }

  Tensor accumulated(LoopValue value) {
    return TENSORS.dense(loop.type, value.shape(), w.array(loop.buffer(value).index));
  }
}
