package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void labelsAreNumberedInOrder() {
    Labels labels = Labels.of(List.of("neg", "pos", "neg", "neutral"));
    assertThat(labels.names()).containsExactly("neg", "neutral", "pos");
    assertThat(labels.id("pos")).isEqualTo(2);
    assertThat(labels.name(1)).isEqualTo("neutral");
    assertThatThrownBy(() -> labels.id("x"))
        .hasMessage("[labels] there is no \"x\"; there are [neg, neutral, pos]");
  }

  @Test
  void unknownCategoriesHaveTheReservedId() {
    Categories c = new Categories(Labels.of(List.of("pump", "fan")));
    assertThat(c.size()).isEqualTo(3);
    assertThat(c.id("fan")).isEqualTo(1);
    assertThat(c.id("drill")).isZero();
    assertThat(c.id(null)).isZero();
  }
}
