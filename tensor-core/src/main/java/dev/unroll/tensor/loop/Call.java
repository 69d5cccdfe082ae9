package dev.unroll.tensor.loop;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.access.SharedAccess;
import dev.unroll.tensor.access.TensorAccess;
import dev.unroll.tensor.kernel.Copy;
import dev.unroll.tensor.kernel.Layout;
import java.util.List;
import java.util.function.Function;

/** A function of tensors, for operations without a task of their own. */
record Call(Function<Tensor[], Tensor> function, Target target, List<Source> in) implements Task {
  private static final TensorAccess TENSORS = SharedAccess.tensor();

  /** An argument of the function. */
  sealed interface Source permits Bound, View {}

  /**
   * A tensor that is bound.
   *
   * @param id its number among the opaque inputs
   * @param sequence whether each step reads its part
   */
  record Bound(int id, boolean sequence) implements Source {}

  /**
   * A value of the loop.
   *
   * @param first where it begins
   * @param layout in its slot
   */
  record View(Operand first, Layout layout) implements Source {}

  /** The dense destination of the result. */
  record Target(DType type, Shape shape, Operand first) {}

  @Override
  public int rows() {
    return -1;
  }

  @Override
  public List<Operand> writes() {
    return List.of(target.first);
  }

  /** Empty: all rows are read. */
  @Override
  public List<Operand> reads() {
    return List.of();
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int t) {
    Tensor[] given = new Tensor[in.size()];
    for (int i = 0; i < given.length; i++) {
      given[i] =
          switch (in.get(i)) {
            case Bound b -> b.sequence ? w.opaque(b.id).select(0, t) : w.opaque(b.id);
            case View v -> {
              int at = w.offset(v.first, t) - v.first.offset();
              yield TENSORS.view(target.type, v.layout.from(at), w.array(v.first));
            }
          };
    }
    Tensor result = function.apply(given);
    if (!result.shape().equals(target.shape) || result.type() != target.type) {
      throw new IllegalStateException(
          "[loop] expected "
              + target.type
              + target.shape
              + ", computed "
              + result.type()
              + result.shape());
    }
    Copy.run(
        w.elements,
        TENSORS.array(w.elements, result),
        TENSORS.layout(result),
        w.array(target.first),
        Layout.of(target.shape.dims()).from(w.offset(target.first, t)));
  }
}
