package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Empty and rank-0 tensors, infinities, NaN, ties, and sums beyond int32. */
class EdgeCasesTest {
  private static final int[] SIZES = {0, 1, 3};

  private static Tensor ones(int... dims) {
    return Tensor.full(DType.FLOAT64, Shape.of(dims), 1);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void sumsOfNegativeZerosAreNegative(DType type) {
    for (int rows : new int[] {1, 3, 130}) {
      for (int columns : new int[] {1, 5, 2100}) {
        Tensor t = Tensor.full(type, Shape.of(rows, columns), -0.0);
        for (Tensor sum :
            List.of(
                Reduction.sum(t),
                Reduction.sum(t, 0),
                Reduction.sum(t, 1),
                Reduction.mean(t),
                Reduction.mean(t, 0),
                Reduction.mean(t, 1))) {
          assertThat(sum.sameBits(Tensor.full(type, sum.shape(), -0.0))).isTrue();
        }
      }
    }
    Tensor none = Tensor.zeros(type, Shape.of(0, 3));
    assertThat(Reduction.sum(none).sameBits(Tensor.scalar(type, 0))).isTrue();
    assertThat(Reduction.sum(none, 0).sameBits(Tensor.zeros(type, Shape.of(3)))).isTrue();
    Tensor empty = Tensor.zeros(type, Shape.of(3, 0));
    assertThat(Reduction.sum(empty, 1).sameBits(Tensor.zeros(type, Shape.of(3)))).isTrue();
  }

  @Test
  void productsAreDefinedWhereverASizeIsZero() {
    assertThat(ones(2, 3, 4).matmul(ones(4, 0)).shape()).isEqualTo(Shape.of(2, 3, 0));
    for (int b : SIZES) {
      for (int c : SIZES) {
        for (int m : SIZES) {
          for (int k : SIZES) {
            for (int n : SIZES) {
              product(k, ones(m, k), ones(k, n), m, n);
              product(k, ones(b, m, k), ones(k, n), b, m, n);
              product(k, ones(b, m, k), ones(b, k, n), b, m, n);
              product(k, ones(m, k), ones(b, k, n), b, m, n);
              product(k, ones(c, b, m, k), ones(k, n), c, b, m, n);
              product(k, ones(c, b, m, k), ones(b, k, n), c, b, m, n);
            }
          }
        }
      }
    }
  }

  /** Ones times ones: every element is the inner size. */
  private static void product(int k, Tensor a, Tensor b, int... expected) {
    Shape shape = Shape.of(expected);
    double[] all = new double[shape.size()];
    Arrays.fill(all, k);
    List<Tensor> ways = new ArrayList<>();
    ways.add(a.matmul(b));
    Tensor at = a.transpose(-1, -2).contiguous();
    Tensor bt = b.transpose(-1, -2).contiguous();
    ways.add(Matrices.product(a, false, bt, true));
    ways.add(Matrices.product(at, true, b, false));
    if (b.shape().rank() == 2) {
      ways.add(Matrices.product(a, Matrices.pack(b, false)));
      ways.add(Matrices.product(a, Matrices.pack(bt, true)));
      Tensor c = Tensor.zeros(DType.FLOAT64, Shape.of(b.shape().dim(1)));
      ways.add(Matrices.productAdd(c, a, b));
    }
    for (Tensor t : ways) {
      assertThat(t.shape()).as("%s x %s", a.shape(), b.shape()).isEqualTo(shape);
      assertThat(t.toDoubles()).as("%s x %s", a.shape(), b.shape()).isEqualTo(all);
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void everyMaskThatIsNotZeroCounts(DType type) {
    Tensor yes = Tensor.full(type, Shape.of(5), 1);
    Tensor no = Tensor.full(type, Shape.of(5), 2);
    double[] mask = {1e-60, -1e-320, Double.NaN, Double.NEGATIVE_INFINITY, -0.0};
    assertThat(yes.where(Tensor.of(Shape.of(5), mask), no).toDoubles())
        .containsExactly(1, 1, 1, 1, 2);
    float[] single = {1e-45f, -1e-45f, Float.NaN, Float.POSITIVE_INFINITY, 0};
    assertThat(yes.where(Tensor.of(Shape.of(5), single), no).toDoubles())
        .containsExactly(1, 1, 1, 1, 2);
    int[] integers = {Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 16_777_217, 0};
    assertThat(yes.where(Tensor.of(Shape.of(5), integers), no).toDoubles())
        .containsExactly(1, 1, 1, 1, 2);
    Tensor exact = Tensor.of(Shape.of(2), new int[] {Integer.MAX_VALUE, 16_777_217});
    assertThat(exact.where(Tensor.of(Shape.of(2), 1.0, 1), exact).sameBits(exact)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void ofEqualElementsTheFirstOnesAreTheLargest(DType type) {
    Tensor equal = Tensor.full(type, Shape.of(2, 3), 7);
    for (int k = 0; k <= 3; k++) {
      Ranking.Largest top = Ranking.topK(equal, 1, k);
      assertThat(top.values().shape()).isEqualTo(Shape.of(2, k));
      for (int row = 0; row < 2; row++) {
        for (int i = 0; i < k; i++) {
          assertThat(top.indices().get(row, i)).isEqualTo(i);
        }
      }
    }
    assertThat(Ranking.argMax(equal, 1).toInts()).containsOnly(0);
    assertThat(Ranking.argMin(equal, 0).toInts()).containsOnly(0);
    Tensor ties = Tensor.of(Shape.of(6), new int[] {1, 5, 1, 5, 5, 1}).to(type);
    assertThat(Ranking.topK(ties, 0, 4).indices().toInts()).containsExactly(1, 3, 4, 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void infinitiesAndNanAreRanked(DType type) {
    double inf = Double.POSITIVE_INFINITY;
    Tensor x = Tensor.of(Shape.of(6), 1, -inf, inf, Double.NaN, inf, 0).to(type);
    assertThat(Ranking.topK(x, 0, 6).indices().toInts()).containsExactly(3, 2, 4, 0, 5, 1);
    assertThat(Ranking.argMax(x.slice(0, 0, 3), 0).item()).isEqualTo(2);
    assertThat(Ranking.argMin(x.slice(0, 0, 3), 0).item()).isEqualTo(1);
    assertThat(Reduction.max(x).item()).isNaN();
    assertThat(Reduction.max(x.slice(0, 0, 3)).item()).isEqualTo(inf);
    assertThat(Reduction.sum(x.slice(0, 0, 3)).item()).isNaN();
    assertThat(Cumulative.sum(x, 0).toDoubles())
        .containsExactly(1, -inf, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  @Test
  void integerSumsWrapAroundWhereverTheyAreMade() {
    int[] x = {Integer.MAX_VALUE, 1, 5, Integer.MIN_VALUE, -1};
    int[] sums = new int[5];
    int[] fromEnd = new int[5];
    for (int i = 0; i < 5; i++) {
      sums[i] = (i == 0 ? 0 : sums[i - 1]) + x[i];
      fromEnd[4 - i] = (i == 0 ? 0 : fromEnd[5 - i]) + x[4 - i];
    }
    Tensor t = Tensor.of(Shape.of(5), x);
    assertThat(Cumulative.sum(t, 0).toInts()).isEqualTo(sums);
    assertThat(Cumulative.sumFromEnd(t, 0).toInts()).isEqualTo(fromEnd);
    Tensor zeros = Tensor.zeros(DType.INT32, Shape.of(5));
    assertThat(Rows.scatterAdd(t, zeros, 1).toInts()).containsExactly(sums[4]);
    Tensor columns = Tensor.of(Shape.of(5, 2), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(Cumulative.sum(columns.transpose(0, 1), 1).toInts())
        .containsExactly(0, 2, 6, 12, 20, 1, 4, 9, 16, 25);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void emptyTensorsPassThrough(DType type) {
    Tensor none = Tensor.zeros(type, Shape.of(0, 3));
    Tensor wide = Tensor.zeros(type, Shape.of(3, 0));
    for (int axis : new int[] {0, 1}) {
      assertThat(Cumulative.sum(none, axis).shape()).isEqualTo(none.shape());
      assertThat(Cumulative.sum(wide, axis).shape()).isEqualTo(wide.shape());
      assertThat(Ranking.topK(none, axis, 0).values().shape())
          .isEqualTo(none.shape().with(axis, 0));
    }
    assertThat(Ranking.argMax(none, 1).shape()).isEqualTo(Shape.of(0));
    assertThatThrownBy(() -> Ranking.argMax(none, 0))
        .hasMessage("[argMax] axis 0 is empty: [0, 3]");
    Tensor ids = Tensor.zeros(DType.INT32, Shape.of(0));
    assertThat(Rows.gather(none, ids).shape()).isEqualTo(Shape.of(0, 3));
    assertThat(Rows.gather(wide, ids).shape()).isEqualTo(Shape.of(0, 0));
    assertThat(Rows.scatterAdd(none, ids, 4).toDoubles()).containsOnly(0).hasSize(12);
    if (type.isFloating()) {
      assertThat(Reduction.sum(none).item()).isZero();
      assertThat(Reduction.sum(none, 0).toDoubles()).containsExactly(0, 0, 0);
      assertThat(Reduction.max(none, 0).toDoubles()).containsOnly(Double.NEGATIVE_INFINITY);
      assertThat(Reduction.mean(none).item()).isNaN();
      assertThat(Reduction.sum(none, 1).shape()).isEqualTo(Shape.of(0));
      assertThat(Softmax.softmax(none).shape()).isEqualTo(none.shape());
      assertThat(Softmax.softmax(wide).shape()).isEqualTo(wide.shape());
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void scalarsHaveNoAxis(DType type) {
    Tensor x = Tensor.scalar(type, 3);
    Tensor id = Tensor.scalar(DType.INT32, 0);
    assertThatThrownBy(() -> Cumulative.sum(x, 0)).hasMessage("[cumulativeSum] no axis 0 in []");
    assertThatThrownBy(() -> Ranking.topK(x, 0, 1)).hasMessage("[topK] no axis 0 in []");
    assertThatThrownBy(() -> Ranking.argMax(x, -1)).hasMessage("[argMax] no axis -1 in []");
    assertThatThrownBy(() -> Rows.gather(x, id)).hasMessage("[gather] no axis 0 in []");
    assertThat(Rows.scatterAdd(x, id, 2).toDoubles()).containsExactly(3, 0);
    assertThat(Rows.gather(Tensor.of(Shape.of(2), 4.0, 5), id).item()).isEqualTo(4);
    if (type.isFloating()) {
      assertThat(Reduction.sum(x).item()).isEqualTo(3);
      assertThat(Reduction.max(x).item()).isEqualTo(3);
      assertThatThrownBy(() -> Softmax.softmax(x)).hasMessage("[softmax] no axis -1 in []");
    } else {
      assertThatThrownBy(() -> Reduction.sum(x)).hasMessageContaining("[sum] operands must be");
    }
  }

  @Test
  void positionsThatOverflowAreRefused() {
    Tensor t = Tensor.of(Shape.of(3), 1.0, 2, 3);
    assertThatThrownBy(() -> Join.pad(t, 0, Integer.MAX_VALUE, 5))
        .hasMessage("[pad] [3] from 2147483647 on does not fit into [5]");
    assertThatThrownBy(() -> t.select(0, Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[slice]");
    Tensor ids = Tensor.of(Shape.of(1), Integer.MIN_VALUE);
    assertThatThrownBy(() -> Rows.gather(t, ids)).hasMessageContaining("id -2147483648 is outside");
    assertThatThrownBy(() -> Rows.scatterAdd(t.slice(0, 0, 1), ids, 3))
        .hasMessageContaining("id -2147483648 is outside");
  }

  @Test
  void targetsMustBeIntegers() {
    Tensor x = ones(2, 3);
    assertThatThrownBy(() -> Softmax.crossEntropy(x, Tensor.of(Shape.of(2), 0.9, 1)))
        .hasMessage("[crossEntropy] expected class ids as int32, got targets float64[2]");
  }
}
