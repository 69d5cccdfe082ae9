package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;

/**
 * The right-hand side of many products, kept in the order in which the kernels read it: see {@link
 * Matrices#pack}. It never changes, and does not depend on the tensor it was made from.
 */
public final class PackedMatrix {
  private final DType type;
  private final Right.Packed<?> panels;

  private PackedMatrix(DType type, Right.Packed<?> panels) {
    this.type = type;
    this.panels = panels;
  }

  static <A> PackedMatrix of(Elements<A> e, DType type, int k, int n, Matrix<A> b) {
    return new PackedMatrix(type, Product.pack(e, k, n, b));
  }

  /** Returns the type of the numbers. */
  public DType type() {
    return type;
  }

  /** Returns the shape as a right-hand side, {@code [K, N]}. */
  public Shape shape() {
    return Shape.of(panels.k(), panels.n());
  }

  /** Returns the panels of a matrix whose elements are {@code e}. */
  @SuppressWarnings("unchecked")
  <A> Right.Packed<A> panels(Elements<A> e) {
    if (Tensor.elements(type) != e) {
      throw new IllegalStateException("[pack] not expected: " + type);
    }
    return (Right.Packed<A>) panels;
  }
}
