package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {
  private static Tensor counting(int... dims) {
    Shape shape = Shape.of(dims);
    double[] x = new double[shape.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    return Tensor.of(shape, x);
  }

  @Test
  void viewsSeeTheSameElements() {
    Tensor t = counting(2, 3, 4);
    assertThat(t.get(1, 2, 3)).isEqualTo(23);
    assertThat(t.transpose(0, 2).get(3, 2, 1)).isEqualTo(23);
    assertThat(t.slice(1, 1, 3).get(0, 0, 0)).isEqualTo(4);
    assertThat(t.select(0, 1).toDoubles()).startsWith(12, 13);
    assertThat(t.permute(1, 0, 2).reshape(6, 4).toDoubles()).startsWith(0, 1, 2, 3, 12);
    assertThat(t.slice(0, 1, 2).reshape(3, 4).get(0, 0)).isEqualTo(12);
  }

  @Test
  void reshapeOfAViewReadsInOrder() {
    Tensor t = counting(4, 6).slice(1, 1, 5);
    assertThat(t.reshape(2, 2, 4).get(1, 0, 0)).isEqualTo(13);
    assertThat(t.reshape(4, 2, 2).get(3, 1, 0)).isEqualTo(21);
    assertThat(t.reshape(16).toDoubles()).startsWith(1, 2, 3, 4, 7);
    assertThat(t.transpose(0, 1).reshape(16).toDoubles()).startsWith(1, 7, 13, 19, 2);
  }

  @Test
  void expandRepeatsWithoutCopying() {
    Tensor t = counting(3, 1).expand(Shape.of(2, 3, 4));
    assertThat(t.get(1, 2, 3)).isEqualTo(2);
    assertThat(t.reshape(6, 4).toDoubles()).startsWith(0, 0, 0, 0, 1);
    assertThatThrownBy(() -> counting(3).expand(Shape.of(4)))
        .hasMessage("[expand] shapes do not broadcast: [3] x [4]");
  }

  @Test
  void emptyAndScalarTensorsWork() {
    assertThat(Tensor.scalar(DType.FLOAT32, 3).item()).isEqualTo(3);
    assertThat(Tensor.scalar(DType.FLOAT32, 3).add(Tensor.scalar(DType.FLOAT32, 4)).item())
        .isEqualTo(7);
    Tensor empty = Tensor.zeros(DType.FLOAT64, Shape.of(0, 3));
    assertThat(empty.add(empty).toDoubles()).isEmpty();
    assertThat(empty.transpose(0, 1).matmul(empty).toDoubles()).isEqualTo(new double[9]);
    assertThat(Reduction.sumTo(empty, Shape.of(3)).toDoubles()).containsExactly(0, 0, 0);
    assertThat(empty.reshape(3, 0).shape()).isEqualTo(Shape.of(3, 0));
  }

  @Test
  void valuesDoNotChangeWhenTheArrayGivenDoes() {
    float[] x = {1, 2};
    Tensor t = Tensor.of(Shape.of(2), x);
    x[0] = 9;
    t.toFloats()[1] = 9;
    assertThat(t.toFloats()).containsExactly(1, 2);
  }

  @Test
  void errorsNameWhatWasGiven() {
    assertThatThrownBy(() -> Tensor.of(Shape.of(2, 2), 1f))
        .hasMessage("[tensor] [2, 2] has 4 elements, got 1 values");
    assertThatThrownBy(() -> counting(2, 3).slice(1, 2, 4))
        .hasMessage("[slice] 2 to 4 is not inside axis 1 of [2, 3]");
    assertThatThrownBy(() -> counting(2, 3).reshape(4))
        .hasMessage("[reshape] sizes differ: [2, 3] to [4]");
    assertThatThrownBy(() -> counting(2, 3).get(2, 0))
        .hasMessage("[get] no element [2, 0] in [2, 3]");
    assertThatThrownBy(() -> counting(2, 3).permute(0, 0))
        .hasMessage("[permute] [0, 0] is not a permutation of the axes of [2, 3]");
    assertThatThrownBy(() -> counting(2).add(counting(2).to(DType.FLOAT32)))
        .hasMessage(
            "[add] operands must be all float32 or all float64: [float64 [2], float32 [2]]");
    assertThatThrownBy(() -> counting(2).to(DType.INT32).add(counting(2).to(DType.INT32)))
        .hasMessageContaining("int32 [2]");
    assertThatThrownBy(() -> counting(2, 3).matmul(counting(2, 3)))
        .hasMessage("[matmul] inner sizes differ: [2, 3] x [2, 3]");
  }

  @Test
  void textIsAbbreviated() {
    assertThat(counting(2, 2)).hasToString("float64[2, 2] [[0.0000, 1.0000], [2.0000, 3.0000]]");
    assertThat(counting(9).to(DType.INT32)).hasToString("int32[9] [0, 1, 2, ..., 6, 7, 8]");
    assertThat(Tensor.scalar(DType.INT32, 5)).hasToString("int32[] 5");
    assertThat(Tensor.scalar(DType.FLOAT32, -2.5)).hasToString("float32[] -2.5000");
    assertThat(Tensor.zeros(DType.FLOAT32, Shape.of(0, 3))).hasToString("float32[0, 3] []");
    assertThat(Tensor.zeros(DType.INT32, Shape.of(2, 0))).hasToString("int32[2, 0] [[], []]");
    assertThat(Tensor.of(Shape.of(5), Double.NaN, 1e300, -1e-12, 123456789, 1.0 / 0))
        .hasToString("float64[5] [NaN, 1.0000e+300, -1.0000e-12, 1.2346e+08, Infinity]");
  }

  @Test
  void partsAreJoined() {
    Tensor t = counting(2, 3);
    assertThat(Join.concat(1, java.util.List.of(t.slice(1, 0, 1), t.slice(1, 1, 3))).sameBits(t))
        .isTrue();
    assertThat(Join.stack(0, java.util.List.of(t.select(0, 0), t.select(0, 1))).sameBits(t))
        .isTrue();
    assertThat(Join.pad(t, 1, 1, 5).toDoubles()).containsExactly(0, 0, 1, 2, 0, 0, 3, 4, 5, 0);
    assertThatThrownBy(() -> Join.concat(0, java.util.List.of(t, counting(2, 4))))
        .hasMessage("[concat] sizes differ along axes other than 0: [2, 3] x [2, 4]");
  }

  @Test
  void rowsAreGatheredAndScattered() {
    Tensor table = counting(4, 2);
    Tensor ids = Tensor.of(Shape.of(3), 3, 0, 3);
    Tensor rows = Rows.gather(table, ids);
    assertThat(rows.toDoubles()).containsExactly(6, 7, 0, 1, 6, 7);
    assertThat(Rows.scatterAdd(rows, ids, 4).toDoubles()).containsExactly(0, 1, 0, 0, 0, 0, 12, 14);
    assertThatThrownBy(() -> Rows.gather(table, Tensor.of(Shape.of(1), 4)))
        .hasMessage("[gather] id 4 is outside 0 to 3, the rows of the table");
  }
}
