package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.Property;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Products against the definition, and their rows alone against the rows among others. */
class ProductPropertiesTest {
  @Test
  void productsAgreeWithTheDefinition() {
    Property.holds(draw -> {
      int m = draw.between("m", 0, 40);
      int k = draw.between("k", 0, 40);
      int n = draw.between("n", 0, 70);
      boolean ta = draw.coin("ta");
      boolean tb = draw.coin("tb");
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor a = Samples.normal(type, ta ? Shape.of(k, m) : Shape.of(m, k), seed);
      Tensor b = Samples.normal(type, tb ? Shape.of(n, k) : Shape.of(k, n), seed + 1);
      Tensor x = ta ? a.transpose(0, 1) : a;
      Tensor y = tb ? b.transpose(0, 1) : b;
      Tensor c = Matrices.product(a, ta, b, tb);
      check(c, Shape.of(m, n), x, y);
      for (int again = 0; again < 2; again++) {
        assertThat(Matrices.product(a, ta, b, tb).sameBits(c)).isTrue();
      }
      for (int i = 0; i < m; i++) {
        assertThat(x.slice(0, i, i + 1).matmul(y).sameBits(c.slice(0, i, i + 1))).isTrue();
      }
    });
  }

  private static void check(Tensor c, Shape shape, Tensor x, Tensor y) {
    int k = x.shape().dim(-1);
    Samples.check(
        c,
        shape,
        10 + 2 * k,
        at -> {
          double sum = 0;
          for (int p = 0; p < k; p++) {
            sum += x.get(at[at.length - 2], p) * y.get(p, at[at.length - 1]);
          }
          return sum;
        });
  }

  @Test
  void batchesOfProductsAreProducts() {
    Property.holds(draw -> {
      Shape batch = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      if (batch.size() > 50) {
        return;
      }
      Random r = new Random(seed);
      Tensor a = Samples.normal(type, end(Samples.broadcasting(batch, r), 3, 5), seed);
      Tensor b = Samples.normal(type, end(batch, 5, 4), seed + 1);
      Tensor c = a.matmul(b);
      assertThat(c.shape()).isEqualTo(end(batch, 3, 4));
      Tensor wide = a.expand(end(batch, 3, 5));
      Samples.each(
          batch,
          at ->
              assertThat(matrix(wide, at).matmul(matrix(b, at)).sameBits(matrix(c, at))).isTrue());
    });
  }

  private static Shape end(Shape batch, int rows, int columns) {
    return batch.insert(batch.rank(), rows).insert(batch.rank() + 1, columns);
  }

  private static Tensor matrix(Tensor t, int... at) {
    for (int i : at) {
      t = t.select(0, i);
    }
    return t;
  }

  @Test
  void productsWithVectorsAgreeWithThoseOfMatrices() {
    Property.holds(draw -> {
      int m = draw.between("m", 0, 40);
      int n = draw.between("n", 0, 40);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor matrix = Samples.normal(type, Shape.of(m, n), seed);
      Tensor v = Samples.normal(type, Shape.of(m), seed + 1);
      Tensor w = Samples.normal(type, Shape.of(n), seed + 2);
      assertThat(Vectors.timesMatrix(v, matrix).sameBits(v.reshape(1, m).matmul(matrix).reshape(n)))
          .isTrue();
      assertThat(Vectors.matrixTimes(matrix, w).sameBits(matrix.matmul(w.reshape(n, 1)).reshape(m)))
          .isTrue();
      Samples.check(Vectors.outer(v, w), Shape.of(m, n), 1, at -> v.get(at[0]) * w.get(at[1]));
      Samples.check(
          Vectors.plusOuter(matrix, -0.5, v, w),
          Shape.of(m, n),
          4,
          at -> matrix.get(at) - 0.5 * v.get(at[0]) * w.get(at[1]));
    });
  }
}
