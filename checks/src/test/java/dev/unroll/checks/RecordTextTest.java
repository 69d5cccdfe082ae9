package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.wrappers.Zoneout;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records print what matters: no address of a lambda, no hash code of an object. */
class RecordTextTest {
  private static Stream<Class<?>> records() throws IOException, ClassNotFoundException {
    return Exported.records();
  }

  @ParameterizedTest
  @MethodSource("records")
  void noAddressIsPrinted(Class<?> type) {
    assertThat(Instances.of(type).toString())
        .isNotBlank()
        .doesNotContain("Lambda")
        .doesNotContainPattern("@[0-9a-f]{3,}");
  }

  @Test
  void cellsAndLayersPrintTheirSizes() {
    Init init = Init.seed(1);
    assertThat(LstmCell.of(32, 64, init)).hasToString("LstmCell[32 -> 64]");
    assertThat(new Zoneout<>(GruCell.of(3, 4, init), 0.1))
        .hasToString("Zoneout[cell=GruCell[3 -> 4], rate=0.1]");
    assertThat(Unroll.of(new Stacked(List.of(LstmCell.of(3, 4, init), GruCell.of(4, 5, init)))))
        .hasToString("Unroll[Stacked[cells=[LstmCell[3 -> 4], GruCell[4 -> 5]]]]");
    assertThat(Linear.of(64, 2, init)).hasToString("Linear[64 -> 2]");
    assertThat(Loss.huber(0.5)).hasToString("huber(0.5)");
    assertThat(Loss.quantile(0.1, 0.9)).hasToString("quantile[0.1, 0.9]");
  }
}
