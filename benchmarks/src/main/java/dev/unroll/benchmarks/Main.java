package dev.unroll.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
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
    description = "Measures workloads, each in its own process: the median over iterations.",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--only", paramLabel = "REGEX", description = "workloads to measure (all)")
  private String only = "";

  @Option(names = "--threads", paramLabel = "N", description = "threads of the library (1)")
  private int threads = 1;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "a file that the rows are also written to")
  private @Nullable Path csv;

  @Option(names = "--peers", description = "compare with other libraries")
  private boolean peers;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description = "-Xmx of our process when compared with peers (2g)")
  private String heap = "2g";

  private Main() {}

  /** Runs the command and exits with status 0, or 2 if an option is invalid. */
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
    if (!heap.matches("[1-9][0-9]*[kmgKMG]")) {
      throw wrong("--heap must be a size such as 512m or 2g, not " + heap);
    }
    try (PrintWriter rows = rows()) {
      if (peers) {
        compare(selected, rows);
      } else {
        measure(selected, rows);
      }
    }
    return 0;
  }

  private void compare(List<Workload> selected, PrintWriter rows) {
    String folders = System.getProperty("unroll.peers", "");
    Comparison comparison =
        new Comparison(threads, heap, Stream.of(folders.split(":", -1)).map(Path::of).toList());
    double peak = 0;
    rows.println(Figure.CSV_HEADER);
    for (Workload w : selected) {
      List<Figure> memory = new ArrayList<>();
      List<Figure> figures = comparison.measure(w, memory::add);
      peak = w.equals(Workloads.PEAK) ? figures.getFirst().value() : peak;
      for (Figure f : figures) {
        System.out.println(f.line(peak));
      }
      double ratio = Comparison.ratio(figures);
      if (!Double.isNaN(ratio)) {
        System.out.printf(Locale.ROOT, "%-26s     %10.2f times the best peer%n", w.name(), ratio);
      }
      memory.forEach(f -> System.out.println(f.line(0)));
      figures.forEach(f -> rows.println(f.csv()));
      memory.forEach(f -> rows.println(f.csv()));
      rows.flush();
    }
    comparison.kernels().forEach((library, chosen) -> System.out.println(library + ": " + chosen));
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

  /** Returns the workloads to measure, including the peak if others are relative to it. */
  private List<Workload> select() {
    Pattern pattern;
    try {
      pattern = Pattern.compile(only);
    } catch (PatternSyntaxException e) {
      throw wrong("--only is not a regular expression: " + e.getDescription());
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
