package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.check.CellContract;
import org.junit.jupiter.api.Test;

class UpdateGateCellTest {
  @Test
  void itHoldsTheContract() {
    assertThat(CellContract.violations(init -> UpdateGateCell.of(3, 4, init))).isEmpty();
    assertThat(UpdateGateCell.of(3, 4, Init.seed(1))).hasToString("UpdateGateCell[3 -> 4]");
  }
}
