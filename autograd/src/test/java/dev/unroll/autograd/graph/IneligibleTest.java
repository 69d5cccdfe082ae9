package dev.unroll.autograd.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IneligibleTest {
  @Test
  void anExceptionHasTheClauseWithItsDetails() {
    UntraceableException e = Ineligible.STATE_SIZE.because(2, 1);
    assertThat(e.reason()).isEqualTo("it returns a state of 2 variables, expected 1");
    assertThat(e).hasMessage(e.reason()).hasNoCause();
    assertThat(e.getStackTrace()).isEmpty();
  }
}
