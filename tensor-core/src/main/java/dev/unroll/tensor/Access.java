package dev.unroll.tensor;

import dev.unroll.tensor.access.SharedAccess;
import dev.unroll.tensor.access.TensorAccess;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Right;
import org.jspecify.annotations.Nullable;

/** The access of other packages of this module to tensors. */
final class Access implements TensorAccess<Tensor, DType, Shape> {
  static {
    SharedAccess.set(new Access());
  }

  @Override
  public Elements<?> elements(DType type) {
    return ElementTypes.elements(type);
  }

  @Override
  public <A> A array(Elements<A> e, Tensor t) {
    return Tensor.array(e, t);
  }

  @Override
  public Layout layout(Tensor t) {
    return t.layout();
  }

  @Override
  public Tensor dense(DType type, Shape shape, Object array) {
    return Tensor.dense(type, shape, array);
  }

  @Override
  public Tensor view(DType type, Layout layout, Object array) {
    return Tensor.at(type, layout, array);
  }

  @Override
  public <A> A allocate(Elements<A> e, String operation, Shape shape) {
    return ArrayScope.room(e, operation, shape);
  }

  @Override
  public <A> A zeros(Elements<A> e, String operation, Shape shape) {
    return ArrayScope.zeros(e, operation, shape);
  }

  @Override
  public <A> Matrix<A> matrix(Elements<A> e, Tensor t) {
    return Matrices.matrix(e, t);
  }

  @Override
  public <A> Right.@Nullable Packed<A> packed(
      Elements<A> e, Tensor t, int k, int n, Matrix<A> right, boolean transposed) {
    return t.memo.packed(e, k, n, right, transposed);
  }
}
