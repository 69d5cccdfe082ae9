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
  private static final TensorAccess<Tensor, DType, Shape> TENSORS = SharedAccess.tensor();

  /** An argument of the function. */
  sealed interface Source permits Bound, View {}

  /**
   * A tensor that is bound.
   *
   * @param id its number among the opaque inputs
   * @param sequence whether each step reads its part
   */
  record Bound(int id, boolean sequence) implements Source {}

  /** A value of the loop. */
  record View(Operand operand) implements Source {}

  /** The destination of the result. */
  record Target(DType type, Shape shape, Operand operand) {}

  @Override
  public int rows() {
    return -1;
  }

  /** Empty: its rows are never divided. */
  @Override
  public List<? extends Operand> writes() {
    return List.of();
  }

  /** Empty: its rows are never divided. */
  @Override
  public List<? extends Operand> reads() {
    return List.of();
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int t) {
    Tensor[] given = new Tensor[in.size()];
    for (int i = 0; i < given.length; i++) {
      given[i] =
          switch (in.get(i)) {
            case Bound b -> b.sequence ? w.opaque(b.id).select(0, t) : w.opaque(b.id);
            case View v ->
                TENSORS.view(target.type, layout(w, v.operand, t), w.array(v.operand.location()));
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
        w.array(target.operand.location()),
        layout(w, target.operand, t));
  }

  /** Returns the layout of an operand at a step. */
  private static Layout layout(Workspace<?> w, Operand p, int t) {
    Location at = p.location();
    return p.layout().from(w.offset(at, t) - at.offset());
  }
}
