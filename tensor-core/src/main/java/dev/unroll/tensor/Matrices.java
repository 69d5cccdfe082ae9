package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Matrix products. */
public final class Matrices {
  private Matrices() {}

  /**
   * Returns the shape of a product.
   *
   * @throws IllegalArgumentException if the inner sizes differ, or an operand is not a matrix
   */
  public static Shape productShape(Shape a, boolean ta, Shape b, boolean tb) {
    if (a.rank() < 2 || b.rank() < 2) {
      throw new IllegalArgumentException("[matmul] expected matrices, got " + Shape.join(a, b));
    }
    if (a.dim(ta ? -2 : -1) != b.dim(tb ? -1 : -2)) {
      throw new IllegalArgumentException(
          "[matmul] inner sizes differ: "
              + a
              + (ta ? " transposed" : "")
              + " x "
              + b
              + (tb ? " transposed" : ""));
    }
    if (a.rank() == 2 && b.rank() == 2) {
      return Shape.of("matmul", a.dim(ta ? 1 : 0), b.dim(tb ? 0 : 1));
    }
    Shape batch = Shape.broadcast("matmul", batch(a), batch(b));
    int[] dims = Arrays.copyOf(batch.dims(), batch.rank() + 2);
    dims[batch.rank()] = a.dim(ta ? -1 : -2);
    dims[batch.rank() + 1] = b.dim(tb ? -2 : -1);
    return Shape.of("matmul", dims);
  }

  private static Shape batch(Shape s) {
    return Shape.of(Arrays.copyOf(s.dims(), s.rank() - 2));
  }

  /**
   * Returns {@code A B} over the last two axes; axes before them broadcast.
   *
   * @param a {@code [..., M, K]}, or {@code [..., K, M]} if transposed
   * @param b {@code [..., K, N]}, or {@code [..., N, K]} if transposed
   * @return {@code [..., M, N]}; each element is one chain of multiply-adds over ascending k
   * @throws IllegalArgumentException if the inner sizes differ, or the types
   */
  public static Tensor product(Tensor a, boolean ta, Tensor b, boolean tb) {
    DType type = Tensor.floating("matmul", a, b);
    Shape shape = productShape(a.shape(), ta, b.shape(), tb);
    if (b.shape().rank() == 2 && a.shape().rank() > 2 && !ta) {
      Tensor flat = a.reshape(a.shape().without(-1).size(), a.shape().dim(-1));
      return product(flat, false, b, tb).reshape(shape.dims());
    }
    return product(ElementTypes.elements(type), type, shape, ta ? a.transpose(-1, -2) : a, b, tb);
  }

  /**
   * Returns {@code C + A B}: each element is one chain of multiply-adds over ascending k that
   * starts from C.
   *
   * @param c broadcast to the result, such as a bias {@code [N]}
   * @param a {@code [..., K]}
   * @param b {@code [K, N]}
   * @return {@code [..., N]}
   * @throws IllegalArgumentException if the shapes or types do not match
   */
  public static Tensor productAdd(Tensor c, Tensor a, Tensor b) {
    DType type = Tensor.floating("matmul", c, a, b);
    Shape shape = productShape(a.shape(), false, b.shape(), false);
    if (b.shape().rank() != 2) {
      throw new IllegalArgumentException("[matmul] expected a matrix, got " + b.shape());
    }
    return productAdd(ElementTypes.elements(type), shape, c.expand(shape), a, b);
  }

  private static <A> Tensor productAdd(Elements<A> e, Shape shape, Tensor c, Tensor a, Tensor b) {
    A to = ArrayScope.room(e, "matmul", shape);
    int n = shape.dim(-1);
    int m = shape.without(-1).size();
    int k = b.shape().dim(0);
    multiply(e, m, n, k, matrix(e, c.reshape(m, n)), a.reshape(m, k), b, false, to, 0);
    return Tensor.dense(c.type(), shape, to);
  }

  /**
   * Packs a right-hand side for many products, such as a weight used at each step of a sequence.
   *
   * @param b {@code [K, N]}, or {@code [N, K]} if transposed
   * @throws IllegalArgumentException if it is not a matrix, or its type is not floating-point
   */
  public static PackedMatrix pack(Tensor b, boolean transposed) {
    if (b.shape().rank() != 2) {
      throw new IllegalArgumentException("[pack] expected a matrix, got " + b.shape());
    }
    DType type = Tensor.floating("pack", b);
    return pack(ElementTypes.elements(type), transposed ? b.transpose(0, 1) : b);
  }

  private static <A> PackedMatrix pack(Elements<A> e, Tensor b) {
    return PackedMatrix.of(e, b.type(), b.shape().dim(0), b.shape().dim(1), matrix(e, b));
  }

  /**
   * Returns {@code A B}, with the same bits as {@link #product(Tensor, boolean, Tensor, boolean)}.
   *
   * @param a {@code [..., K]}
   * @param b {@code [K, N]}
   * @return {@code [..., N]}
   * @throws IllegalArgumentException if the inner sizes differ, or the types
   */
  public static Tensor product(Tensor a, PackedMatrix b) {
    Shape s = a.shape();
    if (s.rank() == 0 || s.dim(-1) != b.shape().dim(0) || a.type() != b.type()) {
      throw new IllegalArgumentException(
          "[matmul] expected "
              + b.type()
              + " [..., "
              + b.shape().dim(0)
              + "] x "
              + b.shape()
              + " packed, got "
              + a.type()
              + " "
              + s);
    }
    return product(ElementTypes.elements(a.type()), a, b);
  }

  private static <A> Tensor product(Elements<A> e, Tensor a, PackedMatrix b) {
    Shape shape = a.shape().with(a.shape().axis(-1), b.shape().dim(1));
    int k = a.shape().dim(-1);
    int m = a.shape().without(-1).size();
    A c = ArrayScope.room(e, "matmul", shape);
    Matrix<A> to = new Matrix<>(c, 0, b.shape().dim(1), 1);
    Product.run(e, m, Product.zero(e), matrix(e, a.reshape(m, k)), b.panels(e), to);
    return Tensor.dense(a.type(), shape, c);
  }

  private static <A> Tensor product(
      Elements<A> e, DType type, Shape shape, Tensor a, Tensor b, boolean tb) {
    A c = ArrayScope.room(e, "matmul", shape);
    int m = shape.dim(-2);
    int n = shape.dim(-1);
    int k = a.shape().dim(-1);
    Matrix<A> zero = Product.zero(e);
    if (shape.rank() == 2) {
      multiply(e, m, n, k, zero, a, b, tb, c, 0);
    } else {
      Shape batch = batch(shape);
      Tensor as = flat(a, batch);
      Tensor bs = flat(b, batch);
      for (int i = 0; i < batch.size(); i++) {
        multiply(e, m, n, k, zero, as.select(0, i), bs.select(0, i), tb, c, i * m * n);
      }
    }
    return Tensor.dense(type, shape, c);
  }

  /** Returns a batch of matrices with a single batch axis. */
  private static Tensor flat(Tensor t, Shape batch) {
    int rows = t.shape().dim(-2);
    int columns = t.shape().dim(-1);
    Shape whole = batch.insert(batch.rank(), rows).insert(batch.rank() + 1, columns);
    return t.expand(whole).reshape(batch.size(), rows, columns);
  }

  private static <A> void multiply(
      Elements<A> e,
      int m,
      int n,
      int k,
      Matrix<A> start,
      Tensor a,
      Tensor b,
      boolean tb,
      A c,
      int at) {
    Matrix<A> to = new Matrix<>(c, at, n, 1);
    Matrix<A> plain = matrix(e, b);
    Matrix<A> right = tb ? plain.transposed() : plain;
    Right.Packed<A> packed = b.memo.packed(e, k, n, right, tb);
    if (packed != null) {
      Product.run(e, m, start, matrix(e, a), packed, to);
    } else {
      Product.run(e, m, n, k, start, matrix(e, a), right, to);
    }
  }

  static <A> Matrix<A> matrix(Elements<A> e, Tensor t) {
    Layout l = t.layout();
    return new Matrix<>(Tensor.array(e, t), l.offset(), l.stride(0), l.stride(1));
  }

  /**
   * Caches the packed forms of a tensor. The first product packs temporarily; the second, which
   * shows that the tensor is reused (a weight at every step of a sequence), caches its packed form.
   */
  static final class Memo {
    private static final int LEAST = 1 << 12;

    private boolean used;
    private boolean usedTransposed;
    private Right.@Nullable Packed<?> plain;
    private Right.@Nullable Packed<?> transposed;

    @SuppressWarnings("unchecked") // A tensor has a single element type.
    synchronized <A> Right.@Nullable Packed<A> packed(
        Elements<A> e, int k, int n, Matrix<A> b, boolean tb) {
      boolean again = tb ? usedTransposed : used;
      if (tb) {
        usedTransposed = true;
      } else {
        used = true;
      }
      if (k * n < LEAST || !again) {
        return null;
      }
      Right.Packed<?> have = tb ? transposed : plain;
      if (have == null) {
        have = Product.pack(e, k, n, b);
        if (tb) {
          transposed = have;
        } else {
          plain = have;
        }
      }
      return (Right.Packed<A>) have;
    }
  }
}
