package dev.unroll.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/** All workloads, in the order of the table. */
final class Workloads {
  /** The reference of every figure in GFLOP/s. */
  static final Workload PEAK = Peak.workload();

  private Workloads() {}

  static List<Workload> all() {
    return Stream.of(
            List.of(PEAK),
            Squares.workloads(),
            PackedProducts.workloads(),
            Elementwise.workloads(),
            List.of(Probabilities.workload(), Moments.workload()),
            Chains.workloads(),
            Lookups.workloads(),
            Encoding.workloads(),
            Characters.workloads(),
            PennTreebank.workloads(),
            RecurrentLayers.workloads(),
            List.of(Floor.workload()),
            Inference.workloads())
        .flatMap(List::stream)
        .toList();
  }

  static Workload named(String name) {
    return all().stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow();
  }
}
