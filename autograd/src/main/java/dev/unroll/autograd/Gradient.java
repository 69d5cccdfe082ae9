package dev.unroll.autograd;

import dev.unroll.tensor.Rows;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;

/** The gradient of a loss by one parameter. */
public sealed interface Gradient {

  /** Returns the gradient as one tensor of the parameter's shape. */
  Tensor dense();

  /** Returns the gradient times a factor. */
  Gradient scaled(double factor);

  /** Returns the numbers that are stored: all that are not known to be zero. */
  Tensor values();

  /** A gradient for every element. */
  record Dense(Tensor values) implements Gradient {
    @Override
    public Tensor dense() {
      return values;
    }

    @Override
    public Dense scaled(double factor) {
      return new Dense(new Affine(factor, 0).forward(values));
    }
  }

  /**
   * A gradient that is zero but for some rows, as an embedding's is.
   *
   * @param ids the rows, ascending, each once: {@code [n]}
   * @param values their gradients {@code [n, E]}
   * @param size the number of rows of the parameter
   */
  record Sparse(Tensor ids, Tensor values, int size) implements Gradient {
    @Override
    public Tensor dense() {
      return Rows.scatterAdd(values, ids, size);
    }

    @Override
    public Sparse scaled(double factor) {
      return new Sparse(ids, new Affine(factor, 0).forward(values), size);
    }

    /**
     * Sorts rows and adds up those of one number, in the order in which they stand.
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
