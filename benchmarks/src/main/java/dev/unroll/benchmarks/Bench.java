package dev.unroll.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures a workload in fresh processes, as the median over all iterations. */
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
            .jvmArgs(
                "--add-modules=jdk.incubator.vector",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-XX:+UseParallelGC",
                "-XX:+UseTransparentHugePages",
                "-XX:+AlwaysPreTouch",
                "-Ddev.unroll.threads=" + threads,
                "-Xms4g",
                "-Xmx4g")
            .build();
    // The output of JMH and its processes is shown only if something fails.
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    OutputFormat format = OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL);
    double nanos;
    try {
      nanos =
          new Runner(options, format)
              .runSingle()
              .getPrimaryResult()
              .getStatistics()
              .getPercentile(50);
    } catch (RunnerException e) {
      throw new RunnerException(said.toString(StandardCharsets.UTF_8), e);
    }
    return new Figure(w, threads, "unroll", w.unit().of(w.amount(), nanos));
  }
}
