package dev.unroll.tensor.kernel;

/**
 * A matrix in an array: element (i, j) at {@code offset + i * rowStride + j * columnStride}.
 *
 * @param <A> the array type
 */
public record Matrix<A>(A array, int offset, int rowStride, int columnStride) {
  /** Returns the part that begins at an element. */
  Matrix<A> from(int i, int j) {
    return new Matrix<>(array, offset + i * rowStride + j * columnStride, rowStride, columnStride);
  }

  /** Returns the same elements with rows and columns exchanged. */
  public Matrix<A> transposed() {
    return new Matrix<>(array, offset, columnStride, rowStride);
  }
}
