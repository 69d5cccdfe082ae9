package dev.unroll.tensor.access;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Right;
import org.jspecify.annotations.Nullable;

/**
 * The access of packages of this module to tensors beyond the public API.
 *
 * @param <T> tensors
 * @param <D> element types
 * @param <S> shapes: all three are parameters, so that this package does not depend on theirs
 */
public interface TensorAccess<T, D, S> {
  /** Returns the elements of a type. */
  Elements<?> elements(D type);

  /**
   * Returns the array of a tensor, which must not be written to.
   *
   * @throws IllegalStateException if it has been reused
   */
  <A> A array(Elements<A> e, T t);

  /** Returns the layout of a tensor in its array. */
  Layout layout(T t);

  /**
   * Returns a tensor over an array of the open scope, or over an unowned one if no scope is open.
   */
  T dense(D type, S shape, Object array);

  /** Returns a view of an array that no scope owns. */
  T view(D type, Layout layout, Object array);

  /** Returns an array of arbitrary content for {@link #dense}. */
  <A> A allocate(Elements<A> e, String operation, S shape);

  /** Returns an array of zeros for {@link #dense}. */
  <A> A zeros(Elements<A> e, String operation, S shape);

  /** Returns a tensor of rank 2 as a matrix. */
  <A> Matrix<A> matrix(Elements<A> e, T t);

  /**
   * Returns the packed form that a tensor caches after its first use as a right-hand side, or null.
   *
   * @param right the matrix to pack: that of the tensor, transposed or not
   */
  <A> Right.@Nullable Packed<A> packed(
      Elements<A> e, T t, int k, int n, Matrix<A> right, boolean transposed);
}
