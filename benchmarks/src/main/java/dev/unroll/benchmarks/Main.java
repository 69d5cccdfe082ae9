package dev.unroll.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "bench",
    description = "Measures workloads, each in a process of its own: the median over iterations.",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--only", paramLabel = "REGEX", description = "workloads to measure (all)")
  private String only = "";

  @Option(names = "--threads", paramLabel = "N", description = "threads of the library (1)")
  private int threads = 1;

  @Option(names = "--csv", paramLabel = "FILE", description = "where to write rows as well")
  private @Nullable Path csv;

  private Main() {}

  /** Runs the command and ends the process: with 0, or 2 if an option is wrong. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Main())
            .setParameterExceptionHandler((e, given) -> {
              e.getCommandLine().getErr().println("unroll bench: " + e.getMessage());
              return 2;
            })
            .execute(args));
  }

  @Override
  public Integer call() throws RunnerException {
    if (threads < 1 || threads > 1024) {
      throw wrong("--threads must be a number from 1 to 1024, not " + threads);
    }
    List<Workload> selected = select();
    try (PrintWriter rows = rows()) {
      measure(selected, rows);
    }
    return 0;
  }

  private void measure(List<Workload> selected, PrintWriter rows) throws RunnerException {
    Bench bench = new Bench(threads);
    double peak = 0;
    rows.println(Figure.CSV_HEADER);
    for (Workload w : selected) {
      Figure f = bench.measure(w);
      if (w.equals(Workloads.PEAK)) {
        peak = f.value();
      }
      System.out.println(f.line(peak));
      rows.println(f.csv());
      rows.flush();
    }
  }

  private PrintWriter rows() {
    if (csv == null) {
      return new PrintWriter(Writer.nullWriter());
    }
    try {
      return new PrintWriter(Files.newBufferedWriter(csv));
    } catch (IOException e) {
      throw wrong("--csv cannot be written: " + e.getMessage());
    }
  }

  /** Returns the workloads to measure: the peak too, where others are held against it. */
  private List<Workload> select() {
    Pattern pattern;
    try {
      pattern = Pattern.compile(only);
    } catch (PatternSyntaxException e) {
      throw wrong("--only is no regular expression: " + e.getDescription());
    }
    List<Workload> all = Workloads.all();
    List<Workload> found = all.stream().filter(w -> pattern.matcher(w.name()).find()).toList();
    if (found.isEmpty()) {
      throw wrong(
          "no workload matches \""
              + only
              + "\"; found: "
              + String.join(", ", all.stream().map(Workload::name).toList()));
    }
    boolean needsPeak = found.stream().anyMatch(w -> w.unit() == Unit.GFLOPS);
    return all.stream()
        .filter(w -> found.contains(w) || (needsPeak && w.equals(Workloads.PEAK)))
        .toList();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
