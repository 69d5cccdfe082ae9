package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.loop.Buffer.Kind;
import dev.unroll.tensor.loop.Buffer.Lifetime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a loop under construction, and their buffers. It records where each value is read,
 * which determines how many steps its buffer holds; locations are known when everything is
 * recorded.
 */
final class Values {
  private final List<Value> values = new ArrayList<>();
  private final List<Buffer> buffers = new ArrayList<>();

  private int sweep = -1;
  private boolean inStage;

  /** Whether tasks run step by step, products too. */
  private boolean loop;

  /** Changes where tasks no longer run step by step with those before them. */
  private int group;

  void enterSweep() {
    sweep++;
    inStage = false;
    loop = false;
  }

  /** Returns the current sweep: 0 forward, 1 backward. */
  int sweep() {
    return sweep;
  }

  void enterStage(boolean loop) {
    inStage = true;
    this.loop = loop;
    group++;
  }

  /**
   * Starts a new group before and after a product: where no step needs the previous one, it is
   * computed for all steps at once, after the previous tasks rather than step by step with them.
   */
  void splitGroup() {
    if (!loop) {
      group++;
    }
  }

  int add(Value v) {
    values.add(v);
    return values.size() - 1;
  }

  Value get(int v) {
    return values.get(v);
  }

  int[] dims(int v) {
    return values.get(v).dims();
  }

  Layout layout(int v) {
    return values.get(v).layout();
  }

  Buffer buffer(Kind kind, Lifetime lifetime, int... dims) {
    Buffer b = new Buffer(kind, lifetime, sweep, inStage ? group : -1, dims);
    buffers.add(b);
    return b;
  }

  /** Returns a value that a task of the current stage will compute. */
  int computed(int... dims) {
    return computed(inStage ? Lifetime.STEP : Lifetime.ONCE, dims);
  }

  /** Returns a value that a task will compute, at each step or once. */
  int computed(Lifetime lifetime, int... dims) {
    return add(Value.of(buffer(Kind.COMPUTED, lifetime, dims)));
  }

  /** Returns whether a value is loop-invariant. */
  boolean isOnce(int v) {
    return values.get(v).buffer().lifetime == Lifetime.ONCE;
  }

  /** Records that a task of the current stage reads a value. */
  void read(int v) {
    if (inStage) {
      values.get(v).buffer().readIn(sweep, group);
    }
  }

  /** Records that an accumulator reads a value, after all stages of a block. */
  void readAfter(int v) {
    values.get(v).buffer().readIn(sweep, -2);
  }

  /**
   * Returns the operand of a value broadcast to sizes; to be called when everything is recorded.
   */
  Operand operand(int v, int... dims) {
    return Operands.of(values.get(v), dims);
  }

  /** Returns the operand of a value. */
  Operand operand(int v) {
    return operand(v, dims(v));
  }

  /** Returns the operand of a value that is row-major. */
  RowMajor rowMajor(int v) {
    Operand p = operand(v);
    if (p instanceof RowMajor rows) {
      return rows;
    }
    throw new IllegalStateException("[loop] expected adjacent columns, got " + p);
  }

  /** Returns all steps of a value of rank 2, or null if its rows are not evenly spaced. */
  @Nullable AllSteps allSteps(int v, int... dims) {
    return AllSteps.of(operand(v, dims), values.get(v).buffer().root());
  }

  /** Assigns indices to the buffers with arrays of their own, and returns them. */
  List<Buffer> roots() {
    List<Buffer> roots = new ArrayList<>();
    for (Buffer b : buffers) {
      if (b.root() == b) {
        b.index = roots.size();
        roots.add(b);
      }
    }
    return roots;
  }

  /** Returns the index of each value's buffer. */
  int[] indices() {
    return values.stream().mapToInt(v -> v.buffer().root().index).toArray();
  }
}
