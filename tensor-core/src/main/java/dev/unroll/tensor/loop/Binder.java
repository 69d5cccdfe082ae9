package dev.unroll.tensor.loop;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.access.SharedAccess;
import dev.unroll.tensor.access.TensorAccess;
import dev.unroll.tensor.kernel.Copy;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;
import dev.unroll.tensor.loop.Buffer.Kind;
import dev.unroll.tensor.loop.Buffer.Lifetime;

/**
 * Binds tensors to the inputs of a run.
 *
 * @param <A> the array type
 */
final class Binder<A> {
  private static final TensorAccess<Tensor, DType, Shape> TENSORS = SharedAccess.tensor();

  private final Loop loop;
  private final Elements<A> e;
  private final Workspace<A> w;

  Binder(Loop loop, Workspace<A> w) {
    this.loop = loop;
    this.e = w.elements;
    this.w = w;
  }

  void bind(LoopInput input, Tensor t) {
    switch (input) {
      case LoopValue v when loop.isInput(v) -> bind(v, loop.buffer(v), t);
      case LoopValue v ->
          throw new IllegalArgumentException("[loop] a computed value cannot be bound: " + v);
      case LoopInput.Matrix m -> bind(m, check(t, loop.type, t.shape()));
      case LoopInput.Ids i -> {
        int[] ids = check(t, DType.INT32, t.shape()).toInts();
        loop.check(i, ids);
        w.bind(i.id(), ids);
      }
      case LoopInput.Opaque o -> w.bind(o.id(), t);
    }
  }

  private void bind(LoopValue v, Buffer b, Tensor t) {
    if (b.kind == Kind.CARRIED) {
      check(t, loop.type, v.shape());
      Layout dense = Layout.of(v.shape().dims());
      Copy.run(e, TENSORS.array(e, t), TENSORS.layout(t), w.state(b.index), dense);
      w.initialized[b.index] = true;
    } else {
      boolean once = b.lifetime == Lifetime.ONCE;
      w.arrays[b.index] =
          array(check(t, loop.type, once ? v.shape() : v.shape().insert(0, w.steps)));
    }
  }

  private static Tensor check(Tensor t, DType type, Shape shape) {
    if (t.type() != type || !t.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "[loop] expected " + type + shape + ", got " + t.type() + t.shape());
    }
    return t;
  }

  /** Returns an array that begins with the contiguous elements of a tensor: its own, or a copy. */
  private A array(Tensor t) {
    Tensor dense = t.contiguous();
    A array = TENSORS.array(e, dense);
    if (TENSORS.layout(dense).offset() == 0) {
      return array;
    }
    A copy = TENSORS.allocate(e, "loop", t.shape());
    Copy.run(e, array, TENSORS.layout(dense), copy, Layout.of(t.shape().dims()));
    return copy;
  }

  private void bind(LoopInput.Matrix m, Tensor t) {
    int k = t.shape().dim(m.transposed() ? 1 : 0);
    int n = t.shape().dim(m.transposed() ? 0 : 1);
    Matrix<A> plain = TENSORS.matrix(e, t);
    Matrix<A> right = m.transposed() ? plain.transposed() : plain;
    Right.Packed<A> shared = TENSORS.packed(e, t, k, n, right, m.transposed());
    if (shared != null) { // It is used by many runs.
      w.bind(m.id(), shared, false);
    } else {
      w.bind(m.id(), Product.pack(e, k, n, right), true);
    }
  }

  /**
   * Checks that all inputs of a sweep are bound.
   *
   * @throws IllegalStateException if one is not
   */
  void checkBound(int sweep) {
    for (LoopInput input : loop.inputs()) {
      if (input.sweep() == sweep && !isBound(input)) {
        throw new IllegalStateException("[loop] not bound: " + input);
      }
    }
  }

  private boolean isBound(LoopInput input) {
    return switch (input) {
      case LoopValue v -> {
        Buffer b = loop.buffer(v);
        yield b.kind == Kind.CARRIED ? w.initialized[b.index] : w.arrays[b.index] != null;
      }
      case LoopInput.Matrix m -> w.matrices[m.id()] != null;
      case LoopInput.Ids i -> w.ids[i.id()] != null;
      case LoopInput.Opaque o -> w.opaques[o.id()] != null;
    };
  }
}
