package dev.unroll.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadsTest {
  static List<Workload> workloads() {
    return Workloads.all();
  }

  @Test
  void everyWorkloadIsThereOnce() {
    assertThat(workloads().stream().map(Workload::name))
        .containsExactlyInAnyOrder(
            "fma-peak",
            "gemm-nn-256",
            "gemm-nn-512",
            "gemm-nn-1024",
            "gemm-nt-512",
            "gemm-tn-512",
            "gemm-f64-512",
            "gemm-packed-1x128x512",
            "gemm-packed-1x512x2048",
            "gemm-packed-20x200x800",
            "gemm-packed-32x128x512",
            "gemm-packed-20x650x2600",
            "gemm-packed-64x1024x4096",
            "exp-1m",
            "tanh-1m",
            "sigmoid-1m",
            "add-1m",
            "softmax-64x10000",
            "adam-10m",
            "autograd-chain-1000",
            "autograd-chain-1000-by-hand",
            "embedding-10k",
            "embedding-1m",
            "bpe-encode",
            "W1",
            "W2",
            "W3",
            "W4",
            "W5-128",
            "W5-512",
            "W5-stream",
            "W6",
            "W7-gru",
            "W7-rnn",
            "W8",
            "W8-floor",
            "cost",
            "cost-twice-t",
            "cost-twice-b",
            "cost-twice-layers");
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void everyWorkloadRuns(Workload w) {
    assertThat(w.prepare().get().get()).isNotNull();
  }
}
