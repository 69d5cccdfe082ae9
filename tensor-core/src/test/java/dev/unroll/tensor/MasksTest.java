package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {
  private static final Shape SHAPE = Shape.of(2, 3);

  @Test
  void zerosAndOnesOfAnyTypeAreAMask() {
    Tensor ints = Tensor.of(SHAPE, 1, 1, 0, 0, 1, 0);
    for (DType type : DType.values()) {
      Tensor mask = ints.to(type);
      assertThat(Masks.checked("op", mask, SHAPE)).isSameAs(mask);
    }
    assertThat(Masks.checked("op", Tensor.of(Shape.of(1), -0.0), Shape.of(1)).item()).isZero();
    Shape none = Shape.of(0, 3);
    assertThat(Masks.checked("op", Tensor.zeros(DType.FLOAT32, none), none).shape())
        .isEqualTo(none);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, -1, 2, 1e-300, Double.NaN, Double.POSITIVE_INFINITY})
  void otherNumbersAreRefusedWithTheirPosition(double other) {
    assertThatThrownBy(() -> Masks.checked("op", Tensor.of(SHAPE, 1, 1, 0, 0, 1, other), SHAPE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[op] expected a mask of 0 and 1, got " + other + " at [1, 2]");
  }

  @Test
  void anotherShapeIsRefused() {
    assertThatThrownBy(() -> Masks.checked("op", Tensor.zeros(DType.INT32, Shape.of(3, 2)), SHAPE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[op] expected a mask [2, 3], got [3, 2]");
  }
}
