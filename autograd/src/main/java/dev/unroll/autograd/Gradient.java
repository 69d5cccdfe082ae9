package dev.unroll.autograd;

import dev.unroll.autograd.op.Elementwise.Add;
import dev.unroll.autograd.op.Elementwise.Affine;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Rows;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of a loss with respect to one parameter: stored values times a factor. The factor
 * makes clipping free: an update multiplies by it when reading the values.
 */
public sealed interface Gradient {

  /** Returns the gradient as one tensor of the parameter's shape. */
  Tensor dense();

  /** Returns the shape of the parameter. */
  private Shape shape() {
    return this instanceof Sparse s ? stored().shape().with(0, s.size()) : stored().shape();
  }

  /** Returns the gradient times a factor. */
  Gradient scaled(double factor);

  /** Returns the factor of the stored values. */
  double factor();

  /** Returns the stored values: without the factor, and without rows of zeros. */
  Tensor stored();

  /** Returns a gradient of the same rows with other {@link #values}, of the same type and shape. */
  Gradient withValues(Tensor values);

  /**
   * Returns the sum of two gradients with respect to the same parameter, as when a batch is split.
   * It is sparse if both are.
   *
   * @throws IllegalArgumentException if their shapes or types differ
   */
  default Gradient plus(Gradient other) {
    if (stored().type() != other.stored().type() || !shape().equals(other.shape())) {
      throw new IllegalArgumentException(
          "[gradient] expected gradients of one parameter, got "
              + stored().type()
              + " "
              + shape()
              + " and "
              + other.stored().type()
              + " "
              + other.shape());
    }
    if (this instanceof Sparse a && other instanceof Sparse b) {
      Tensor rows = Join.concat(0, List.of(a.values(), b.values()));
      return Sparse.of(rows, Join.concat(0, List.of(a.ids, b.ids)), a.size);
    }
    return new Dense(new Add().forward(dense(), other.dense()));
  }

  /** Returns the values of all rows that are not implicitly zero. */
  default Tensor values() {
    return factor() == 1 ? stored() : new Affine(factor(), -0.0).forward(stored());
  }

  /** A gradient with a value for every element. */
  record Dense(Tensor stored, double factor) implements Gradient {

    /** Creates a gradient of these values. */
    public Dense(Tensor values) {
      this(values, 1);
    }

    @Override
    public Tensor dense() {
      return values();
    }

    @Override
    public Dense withValues(Tensor values) {
      return new Dense(values);
    }

    @Override
    public Dense scaled(double by) {
      return new Dense(stored, factor * by);
    }
  }

  /**
   * A gradient that is zero except in some rows, such as that of an embedding.
   *
   * @param ids the rows, strictly ascending: {@code [n]}
   * @param stored their gradients {@code [n, E]}
   * @param size the number of rows of the parameter
   */
  record Sparse(Tensor ids, Tensor stored, int size, double factor) implements Gradient {

    /** Creates a gradient of these rows. */
    public Sparse(Tensor ids, Tensor values, int size) {
      this(ids, values, size, 1);
    }

    @Override
    public Tensor dense() {
      return Rows.scatterAdd(values(), ids, size);
    }

    @Override
    public Sparse withValues(Tensor values) {
      return new Sparse(ids, values, size);
    }

    @Override
    public Sparse scaled(double by) {
      return new Sparse(ids, stored, size, factor * by);
    }

    /**
     * Sorts rows by id, and sums those of equal id in their order.
     *
     * @param rows {@code [ids..., E]}
     * @param ids int32 of any shape
     */
    static Sparse of(Tensor rows, Tensor ids, int size) {
      int[] all = ids.toInts();
      int[] distinct = Arrays.stream(all).sorted().distinct().toArray();
      int[] place = new int[all.length];
      for (int i = 0; i < all.length; i++) {
        place[i] = Arrays.binarySearch(distinct, all[i]);
      }
      Tensor places = Tensor.of(ids.shape(), place);
      return new Sparse(
          Tensor.of(Shape.of(distinct.length), distinct),
          Rows.scatterAdd(rows, places, distinct.length),
          size);
    }
  }
}
