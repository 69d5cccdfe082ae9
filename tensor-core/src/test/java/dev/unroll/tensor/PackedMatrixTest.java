package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedMatrixTest {
  private static Tensor normal(DType type, int... dims) {
    Random random = new Random(7);
    double[] x = new double[Shape.of(dims).size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextGaussian();
    }
    return Tensor.of(Shape.of(dims), x).to(type);
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 7", "13, 300, 70", "3, 1024, 33", "30, 1100, 31", "0, 4, 3", "4, 0, 3"})
  void givesTheBitsOfThePlainProduct(int m, int k, int n) {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor a = normal(type, m, k);
      Tensor b = normal(type, k, n);
      Tensor plain = Matrices.product(a, false, b, false);
      Tensor transposed = b.transpose(0, 1).contiguous();
      assertThat(Matrices.product(a, Matrices.pack(b, false)).sameBits(plain)).isTrue();
      assertThat(Matrices.product(a, Matrices.pack(transposed, true)).sameBits(plain)).isTrue();
    }
  }

  /** With more than 96 rows, a large matrix is gone through a few columns at a time. */
  @ParameterizedTest
  @CsvSource({"100, 1100, 170", "97, 300, 500", "1030, 1030, 140"})
  void manyRowsHaveTheBitsOfEachAlone(int m, int k, int n) {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor a = normal(type, m, k);
      PackedMatrix b = Matrices.pack(normal(type, k, n), false);
      Tensor all = Matrices.product(a, b);
      for (int i : new int[] {0, 1, 95, 96, m - 1}) {
        Tensor alone = Matrices.product(a.slice(0, i, i + 1).contiguous(), b);
        assertThat(all.slice(0, i, i + 1).sameBits(alone)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void leadingAxesAreRows(DType type) {
    Tensor a = normal(type, 2, 3, 4);
    PackedMatrix b = Matrices.pack(normal(type, 4, 5), false);
    Tensor flat = Matrices.product(a.reshape(6, 4), b);
    assertThat(Matrices.product(a, b).sameBits(flat.reshape(2, 3, 5))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void aWrongInnerSizeIsAnError(int k) {
    PackedMatrix b = Matrices.pack(normal(DType.FLOAT32, 4, 5), false);
    assertThatThrownBy(() -> Matrices.product(normal(DType.FLOAT32, 2, k), b))
        .hasMessage(
            "[matmul] expected float32 [..., 4] x [4, 5] packed, got float32 [2, " + k + "]");
  }
}
