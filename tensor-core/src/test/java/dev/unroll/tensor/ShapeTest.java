package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void sizeIsTheProductOfTheDimensions() {
    assertThat(Shape.of(2, 3, 4).size()).isEqualTo(24);
    assertThat(Shape.of().size()).isEqualTo(1);
    assertThat(Shape.of(1 << 20, 1 << 20, 0).size()).isZero();
  }

  @Test
  void negativeAxesCountFromTheEnd() {
    assertThat(Shape.of(2, 3, 4).dim(-1)).isEqualTo(4);
    assertThatThrownBy(() -> Shape.of(2, 3).dim(2)).hasMessage("[shape] no axis 2 in [2, 3]");
  }

  @Test
  void axesAreReplacedRemovedAndInserted() {
    Shape s = Shape.of(2, 3);
    assertThat(s.with(-1, 7)).isEqualTo(Shape.of(2, 7));
    assertThat(s.without(0)).isEqualTo(Shape.of(3));
    assertThat(s.insert(0, 5)).isEqualTo(Shape.of(5, 2, 3));
    assertThat(s.insert(-1, 5)).isEqualTo(Shape.of(2, 3, 5));
  }

  @Test
  void broadcastingAlignsAtTheLastAxis() {
    assertThat(Shape.broadcast("add", Shape.of(4, 1, 3), Shape.of(2, 1)))
        .isEqualTo(Shape.of(4, 2, 3));
    assertThat(Shape.broadcast("add", Shape.of(0, 1), Shape.of(5))).isEqualTo(Shape.of(0, 5));
    assertThatThrownBy(() -> Shape.broadcast("add", Shape.of(2, 3), Shape.of(2, 4)))
        .hasMessage("[add] shapes do not broadcast: [2, 3] x [2, 4]");
  }

  @Test
  void moreElementsThanAnArrayHoldsAreRefused() {
    assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 16))
        .hasMessage("[shape] [65536, 65536] has more than 2147483647 elements");
    assertThatThrownBy(() -> Shape.of(2, -1)).hasMessageContaining("[2, -1]");
  }

  @Test
  void aPositionIsThatOfTheIndex() {
    assertThat(Shape.of(2, 3, 4).position(17)).containsExactly(1, 1, 1);
    assertThat(Shape.of().position(0)).isEmpty();
    assertThatThrownBy(() -> Shape.of(2, 3).position(6))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
