package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;

/**
 * The right-hand side of many products, stored in the order in which the kernels read it: see
 * {@link Matrices#pack}. It is immutable, and independent of the tensor that it was created from.
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

  /** Returns the element type. */
  public DType type() {
    return type;
  }

  /** Returns the shape as a right-hand side, {@code [K, N]}. */
  public Shape shape() {
    return Shape.of(panels.k(), panels.n());
  }

  /** Returns the type and the shape. */
  @Override
  public String toString() {
    return "PackedMatrix[" + type + shape() + "]";
  }

  /** Returns the panels of a matrix whose elements are {@code e}. */
  @SuppressWarnings("unchecked")
  <A> Right.Packed<A> panels(Elements<A> e) {
    if (ElementTypes.elements(type) != e) {
      throw new IllegalStateException("[pack] expected " + ElementTypes.type(e) + ", got " + type);
    }
    return (Right.Packed<A>) panels;
  }
}
