package dev.unroll.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What JMH runs: one workload, by its name, in a process of its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Measured {
  /** The name; whoever runs this says which. */
  @Param("fma-peak")
  public String workload = "";

  private Supplier<Object> work = () -> "";

  /** Makes the operands. */
  @Setup
  public void prepare() {
    work = Workloads.named(workload).prepare().get();
  }

  /** Does the work once. */
  @Benchmark
  public Object run() {
    return work.get();
  }
}
