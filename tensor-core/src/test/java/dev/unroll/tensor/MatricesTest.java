package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MatricesTest {
  private static final RandomKey KEY = RandomKey.of(11);

  private static double[] naive(Tensor a, Tensor b) {
    int m = a.shape().dim(0);
    int k = a.shape().dim(1);
    int n = b.shape().dim(1);
    double[] x = a.toDoubles();
    double[] y = b.toDoubles();
    double[] c = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int p = 0; p < k; p++) {
          c[i * n + j] += x[i * k + p] * y[p * n + j];
        }
      }
    }
    return c;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "1,70,33",
    "2,3,65",
    "13,300,31",
    "25,17,64",
    "100,257,40",
    "97,270,67",
    "200,5,1",
    "30,40,300",
    "40,1024,48"
  })
  void productAgreesWithTheDefinition(int m, int k, int n) {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor a = KEY.fold(1).normal(type, Shape.of(m, k), 0, 1);
      Tensor b = KEY.fold(2).normal(type, Shape.of(k, n), 0, 1);
      double[] expected = naive(a, b);
      double tolerance = (type == DType.FLOAT32 ? 1e-6 : 1e-14) * 4 * Math.sqrt(k) + 1e-13;
      Tensor at = a.transpose(0, 1).contiguous();
      Tensor bt = b.transpose(0, 1).contiguous();
      for (Tensor c :
          new Tensor[] {
            Matrices.product(a, false, b, false),
            Matrices.product(at, true, b, false),
            Matrices.product(a, false, bt, true),
            Matrices.product(at, true, bt, true),
            a.matmul(b),
            a.matmul(b)
          }) {
        assertThat(c.shape()).isEqualTo(Shape.of(m, n));
        assertThat(Tolerance.of(tolerance).difference(expected, c.toDoubles())).isEmpty();
      }
    }
  }

  /** Arrays of a scope hold what was there before: a product must not see it. */
  @ParameterizedTest
  @CsvSource({
    "0,3,40",
    "3,0,40",
    "30,0,40",
    "3,3,0",
    "30,3,0",
    "1,7,33",
    "5,300,64",
    "100,257,140",
    "1100,40,70",
    "40,2100,300"
  })
  void productsBeginWithTheirAddendWhateverTheArrayHeld(int m, int k, int n) {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor a = KEY.fold(1).normal(type, Shape.of(m, k), 0, 1);
      Tensor b = KEY.fold(2).normal(type, Shape.of(k, n), 0, 1);
      double tolerance = type == DType.FLOAT32 ? 1e-3 : 1e-11;
      double[] product = Matrices.product(a, false, b, false).toDoubles();
      assertThat(scoped(() -> Matrices.product(a, false, b, false))).isEqualTo(product);
      assertThat(scoped(() -> Matrices.product(a, Matrices.pack(b, false)))).isEqualTo(product);
      assertThat(scoped(() -> Matrices.productAdd(Tensor.zeros(type, Shape.of()), a, b)))
          .isEqualTo(product);
      for (Shape s : new Shape[] {Shape.of(n), Shape.of(m, 1), Shape.of(m, n), Shape.of(1)}) {
        Tensor c = KEY.fold(3).normal(type, s, 0, 1);
        Tensor whole = c.expand(Shape.of(m, n)).contiguous();
        double[] sum = scoped(() -> Matrices.productAdd(c, a, b));
        assertThat(sum).isEqualTo(Matrices.productAdd(whole, a, b).toDoubles());
        double[] start = whole.toDoubles();
        for (int i = 0; i < sum.length; i++) {
          assertThat(sum[i] - start[i]).isCloseTo(product[i], Offset.offset(tolerance));
        }
      }
    }
  }

  /** Computes in a scope whose arrays hold NaN. */
  private static double[] scoped(Supplier<Tensor> work) {
    Buffers buffers = new Buffers();
    try (Buffers.Scope _ = buffers.open()) {
      Shape shape = work.get().shape();
      for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
        for (int i = 0; i < 3; i++) {
          assertThat(Tensor.full(type, shape, Double.NaN).contiguous().shape()).isEqualTo(shape);
        }
      }
    }
    try (Buffers.Scope _ = buffers.open()) {
      return work.get().toDoubles();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void aRowAloneHasTheBitsItHasAmongOthers(DType type) {
    Tensor a = KEY.fold(3).normal(type, Shape.of(101, 270), 0, 1);
    Tensor b = KEY.fold(4).normal(type, Shape.of(270, 75), 0, 1);
    Tensor all = a.matmul(b);
    a.matmul(b);
    for (int i = 0; i < 101; i++) {
      Tensor alone = a.slice(0, i, i + 1).matmul(b);
      assertThat(alone.sameBits(all.slice(0, i, i + 1))).as("row %d", i).isTrue();
    }
    // Packed or not, transposed or not: the chain is the same.
    Tensor bt = b.transpose(0, 1).contiguous();
    assertThat(Matrices.product(a, false, bt, true).sameBits(all)).isTrue();
    assertThat(a.slice(0, 0, 5).matmul(b.slice(0, 0, 270)).sameBits(all.slice(0, 0, 5))).isTrue();
  }

  @Test
  void batchesBroadcast() {
    Tensor a = KEY.fold(5).normal(DType.FLOAT64, Shape.of(2, 3, 4, 5), 0, 1);
    Tensor b = KEY.fold(6).normal(DType.FLOAT64, Shape.of(3, 5, 6), 0, 1);
    Tensor c = a.matmul(b);
    assertThat(c.shape()).isEqualTo(Shape.of(2, 3, 4, 6));
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        Tensor one = a.select(0, i).select(0, j).matmul(b.select(0, j));
        assertThat(c.select(0, i).select(0, j).sameBits(one)).isTrue();
      }
    }
    Tensor shared = a.matmul(b.select(0, 0));
    assertThat(
            shared
                .select(0, 1)
                .select(0, 2)
                .sameBits(a.select(0, 1).select(0, 2).matmul(b.select(0, 0))))
        .isTrue();
  }

  @Test
  void sumsAndMaximaAgreeWithTheDefinition() {
    Tensor t = KEY.fold(7).normal(DType.FLOAT64, Shape.of(3, 70, 5), 0, 1);
    double[] x = t.toDoubles();
    assertThat(Reduction.sum(t).item()).isCloseTo(Arrays.stream(x).sum(), Offset.offset(1e-12));
    for (int[] to : new int[][] {{5}, {70, 1}, {3, 1, 5}, {3, 1, 1}, {1, 70, 5}, {70, 5}, {1}}) {
      Tensor s = Reduction.sumTo(t, Shape.of(to));
      double[] expected = new double[Shape.of(to).size()];
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 70; j++) {
          for (int k = 0; k < 5; k++) {
            int[] at = {i, j, k};
            int index = 0;
            for (int a = 0; a < to.length; a++) {
              index = index * to[a] + (to[a] == 1 ? 0 : at[a + 3 - to.length]);
            }
            expected[index] += x[(i * 70 + j) * 5 + k];
          }
        }
      }
      assertThat(s.toDoubles()).usingComparatorWithPrecision(1e-12).containsExactly(expected);
    }
    assertThat(Reduction.max(t, -1).get(2, 69))
        .isEqualTo(Arrays.stream(x).skip(x.length - 5).max().orElseThrow());
    assertThat(Ranking.argMax(Tensor.of(Shape.of(2, 3), 1f, 3f, 3f, 5f, 4f, 0f), 1).toInts())
        .containsExactly(1, 0);
  }
}
