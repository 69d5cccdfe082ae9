package dev.unroll.examples.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void fractionsOfThousandsOfRequests() {
    Latencies all = new Latencies();
    assertThat(all.millis(0.5)).isZero();
    for (int i = 2000; i > 0; i--) {
      all.add(i * 1_000_000L);
    }
    assertThat(all.count()).isEqualTo(2000);
    assertThat(all.millis(0.5)).isEqualTo(1001);
    assertThat(all.millis(0.99)).isEqualTo(1981);
    assertThat(all.millis(1)).isEqualTo(2000);
  }
}
