package dev.unroll.benchmarks;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures a workload: in fresh processes, the median over all iterations. */
final class Bench {
  private static final int FORKS = 2;
  private static final TimeValue ITERATION = TimeValue.milliseconds(300);

  private final int threads;

  Bench(int threads) {
    this.threads = threads;
  }

  Figure measure(Workload w) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(Measured.class.getName() + ".run")
            .param("workload", w.name())
            .forks(FORKS)
            .warmupIterations(6)
            .warmupTime(ITERATION)
            .measurementIterations(7)
            .measurementTime(ITERATION)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .jvmArgs(
                "--add-modules=jdk.incubator.vector",
                "-Ddev.unroll.threads=" + threads,
                "-Xms2g",
                "-Xmx2g")
            .build();
    double nanos =
        new Runner(options).runSingle().getPrimaryResult().getStatistics().getPercentile(50);
    return new Figure(w, threads, "unroll", w.unit().of(w.amount(), nanos));
  }
}
