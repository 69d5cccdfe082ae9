package dev.unroll.tensor;

import dev.unroll.tensor.spi.Code;

/**
 * Products with vectors, tensors of rank 1. Unlike {@link Matrices#product}, methods state the side
 * of the vector, so that no axis is added or removed implicitly.
 */
public final class Vectors {
  private static final Program PLUS_OUTER = plusOuter();

  private Vectors() {}

  private static Program plusOuter() {
    Program.Builder p = Program.inputs(4); // c, scale, a, b
    return p.results(p.add(0, p.mul(p.mul(1, 2), 3)));
  }

  /**
   * Returns {@code v M}.
   *
   * @param v {@code [K]}
   * @param m {@code [..., K, N]}
   * @return {@code [..., N]}
   */
  public static Tensor timesMatrix(Tensor v, Tensor m) {
    vector("timesMatrix", v, m);
    return v.reshape(1, v.shape().size()).matmul(m).select(-2, 0);
  }

  /**
   * Returns {@code M v}.
   *
   * @param m {@code [..., M, K]}
   * @param v {@code [K]}
   * @return {@code [..., M]}
   */
  public static Tensor matrixTimes(Tensor m, Tensor v) {
    vector("matrixTimes", v, m);
    return m.matmul(v.reshape(v.shape().size(), 1)).select(-1, 0);
  }

  /**
   * Returns {@code a b'}, each element one product.
   *
   * @param a {@code [M]}
   * @param b {@code [N]}
   * @return {@code [M, N]}
   */
  public static Tensor outer(Tensor a, Tensor b) {
    vectors("outer", a, b);
    return Program.of(Code.MUL).run("outer", column(a), b).getFirst();
  }

  /**
   * Returns {@code C + scale a b'}, in one pass over C: a rank-1 update.
   *
   * @param c {@code [M, N]}
   * @param a {@code [M]}
   * @param b {@code [N]}
   * @throws IllegalArgumentException if the shapes do not match
   */
  public static Tensor plusOuter(Tensor c, double scale, Tensor a, Tensor b) {
    vectors("plusOuter", a, b);
    if (!c.shape().equals(Shape.of(a.shape().size(), b.shape().size()))) {
      throw new IllegalArgumentException(
          "[plusOuter] expected [M, N], [M] and [N], got "
              + Shape.join(c.shape(), a.shape(), b.shape()));
    }
    Tensor s = Tensor.scalar(c.type(), scale);
    return PLUS_OUTER.run("plusOuter", c, s, column(a), b).getFirst();
  }

  private static Tensor column(Tensor v) {
    return v.reshape(v.shape().size(), 1);
  }

  private static void vector(String op, Tensor v, Tensor m) {
    if (v.shape().rank() != 1 || m.shape().rank() < 2) {
      throw new IllegalArgumentException(
          "[" + op + "] expected a vector and a matrix, got " + Shape.join(v.shape(), m.shape()));
    }
  }

  private static void vectors(String op, Tensor a, Tensor b) {
    if (a.shape().rank() != 1 || b.shape().rank() != 1) {
      throw new IllegalArgumentException(
          "[" + op + "] expected vectors, got " + Shape.join(a.shape(), b.shape()));
    }
  }
}
