package dev.unroll.benchmarks;

import dev.unroll.tensor.KernelInfo;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** This library: it takes its threads from {@code -Ddev.unroll.threads}. */
public final class Own implements Library {
  /** Called by the service loader. */
  public Own() {}

  @Override
  public String name() {
    return "unroll";
  }

  @Override
  public String kernels() {
    KernelInfo chosen = KernelInfo.current();
    return chosen.provider() + ", " + chosen.vectorBits() + "-bit vectors";
  }

  @Override
  public Set<String> workloads() {
    return Workloads.all().stream().map(Workload::name).collect(Collectors.toSet());
  }

  @Override
  public Supplier<Object> prepare(String workload, int threads) {
    return Workloads.named(workload).prepare().get();
  }
}
