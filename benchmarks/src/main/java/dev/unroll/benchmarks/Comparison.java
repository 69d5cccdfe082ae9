package dev.unroll.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares libraries: each runs a workload in its own process; all warm up, then take turns. Memory
 * is the peak resident set size of a process, the JVM included.
 */
final class Comparison {
  private static final int ROUNDS = 7;

  private final int threads;
  private final Map<String, List<String>> java = new LinkedHashMap<>();
  private final Map<String, Set<String>> does = new LinkedHashMap<>();
  private final Map<String, String> kernels = new LinkedHashMap<>();

  /**
   * Finds the libraries.
   *
   * @param folders the peers' build folders: classes, and a file {@code classpath}
   * @param heap the heap of our own process, as for -Xmx
   */
  Comparison(int threads, String heap, List<Path> folders) {
    this.threads = threads;
    String own = System.getProperty("java.class.path");
    find(
        List.of(
            "-XX:+UseParallelGC",
            "-XX:+UseTransparentHugePages",
            "-Xmx" + heap,
            "-Ddev.unroll.threads=" + threads,
            "-cp",
            own));
    for (Path f : folders) {
      find(List.of("-XX:+UseSerialGC", "-Xmx512m", "-cp", f.resolve("classes") + ":" + read(f)));
    }
  }

  private static String read(Path folder) {
    try {
      return Files.readString(folder.resolve("classpath"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void find(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.addAll(options);
    List<String> list = new ArrayList<>(command);
    list.add(Child.class.getName());
    try {
      Process p = new ProcessBuilder(list).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      for (String line : p.inputReader(StandardCharsets.UTF_8).lines().toList()) {
        String[] words = line.split(" ", 2);
        java.putIfAbsent(words[0], command);
        does.computeIfAbsent(words[0], k -> new HashSet<>()).add(words[1]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Measures a workload with every library that supports it; memory goes to a separate consumer.
   */
  List<Figure> measure(Workload w, Consumer<Figure> memory) {
    List<Contestant> all = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    try {
      does.forEach((library, workloads) -> {
        if (workloads.contains(w.name())) {
          all.add(
              new Contestant(java.getOrDefault(library, List.of()), library, w.name(), threads));
        }
      });
      for (int i = 0; i < ROUNDS; i++) {
        all.forEach(Contestant::round);
      }
      for (Contestant c : all) {
        kernels.put(c.library, c.kernels);
        figures.add(new Figure(w, threads, c.library, w.unit().of(w.amount(), c.median())));
        Workload resident = new Workload(w.name() + "-memory", Unit.MEGABYTES, 1, w.prepare());
        memory.accept(new Figure(resident, threads, c.library, c.finish()));
      }
    } finally {
      all.forEach(Contestant::close);
    }
    return figures;
  }

  /** Returns the kernels that each measured library chose. */
  Map<String, String> kernels() {
    return Collections.unmodifiableMap(kernels);
  }

  /** Returns the ratio of our figure to the best peer's; NaN if there is no peer. */
  static double ratio(List<Figure> figures) {
    double own = Double.NaN;
    double best = Double.NaN;
    for (Figure f : figures) {
      double speed = f.workload().unit().isSpeed() ? f.value() : 1 / f.value();
      if (f.library().equals("unroll")) {
        own = speed;
      } else {
        best = Double.isNaN(best) ? speed : Math.max(best, speed);
      }
    }
    return own / best;
  }
}
