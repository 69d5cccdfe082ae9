package dev.unroll.layers.recurrent.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.Unroll;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecurrentConfigTest {
  private static final RecurrentConfig CONFIG = RecurrentConfig.of("gru", 4);

  static List<String> names() {
    return Cells.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyCellReadsInBothDirectionsAndInLayers(String cell) {
    Recurrent<?> layer =
        RecurrentConfig.of(cell, 4).layers(2).bidirectional().build(3, Init.seed(1));
    assertThat(layer.inputSize()).isEqualTo(3);
    assertThat(layer.outputSize()).isEqualTo(8);
  }

  @Test
  void theKindOfLayerIsTheSimplest() {
    assertThat(CONFIG.build(3, Init.seed(1))).isInstanceOf(Unroll.class);
    assertThat(CONFIG.bidirectional().build(3, Init.seed(1))).isInstanceOf(Bidirectional.class);
    assertThat(CONFIG.layers(2).dropout(0.5).build(3, Init.seed(1)))
        .isInstanceOfSatisfying(
            RecurrentStack.class, s -> assertThat(s.between().rate()).isEqualTo(0.5));
    assertThat(CONFIG.bidirectional().layers(3).dropout(0.5))
        .isEqualTo(new RecurrentConfig("gru", 4, 3, RecurrentConfig.Direction.BOTH, 0.5));
  }

  @Test
  void numbersAndNamesAreChecked() {
    assertThatThrownBy(() -> RecurrentConfig.of("gru", 0))
        .hasMessage("[recurrentConfig] expected a size and layers of at least 1, got 0 and 1");
    assertThatThrownBy(() -> CONFIG.layers(0)).hasMessageContaining("got 4 and 0");
    assertThatThrownBy(() -> CONFIG.dropout(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RecurrentConfig.of(null, 4)).hasMessage("cell");
    RecurrentConfig unknown = RecurrentConfig.of("nothing", 4);
    assertThatThrownBy(() -> unknown.build(3, Init.seed(1))).hasMessageContaining("nothing");
    assertThatThrownBy(() -> CONFIG.build(0, Init.seed(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CONFIG.build(3, null)).hasMessage("init");
  }
}
