package dev.unroll.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * The process of one library and one workload. It warms up and prints {@code ready} with the
 * kernels that the library chose; then it responds to each line on standard input with a round: the
 * median time of a run, in nanoseconds. At the end of input it prints its peak memory, in
 * megabytes. Without arguments it lists libraries and their workloads.
 */
public final class Child {
  static final String READY = "ready";

  private static final long WARM_UP = 6_000_000_000L;
  private static final long ROUND = 700_000_000L;
  private static final int LEAST = 3;

  private Child() {}

  /** Runs the process: library, workload, threads. */
  public static void main(String[] args) throws IOException {
    PrintStream out = System.out;
    System.setOut(System.err); // Output of libraries must not interfere with the responses.
    List<Library> libraries =
        ServiceLoader.load(Library.class).stream().map(ServiceLoader.Provider::get).toList();
    if (args.length == 0) {
      libraries.forEach(l -> l.workloads().forEach(w -> out.println(l.name() + " " + w)));
      return;
    }
    Library library =
        libraries.stream().filter(l -> l.name().equals(args[0])).findFirst().orElseThrow();
    Supplier<Object> work = library.prepare(args[1], Integer.parseInt(args[2]));
    round(work, WARM_UP);
    out.println(READY + " " + library.kernels());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      out.println(round(work, ROUND));
    }
    out.println(megabytes());
    System.exit(0); // Despite threads that a library may have left running.
  }

  private static long round(Supplier<Object> work, long nanos) {
    List<Long> times = new ArrayList<>();
    long start = System.nanoTime();
    long now = start;
    while (now - start < nanos || times.size() < LEAST) {
      Object result = work.get();
      long end = System.nanoTime();
      times.add(result == null ? 0 : end - now);
      now = end;
    }
    Collections.sort(times);
    return times.get(times.size() / 2);
  }

  /** Returns the peak resident set size; 0 if the system does not report it. */
  private static long megabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
