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

/** The JMH benchmark: one workload, by its name, in its own process. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Measured {
  /** The name of the workload, set by the caller. */
  @Param("fma-peak")
  public String workload = "";

  private Supplier<Object> work = () -> "";

  /** Creates the operands. */
  @Setup
  public void prepare() {
    work = Workloads.named(workload).prepare().get();
  }

  /** Runs the workload once. */
  @Benchmark
  public Object run() {
    return work.get();
  }
}
