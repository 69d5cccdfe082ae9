package dev.unroll.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A {@link Child}, seen from the process that asks it for rounds. */
final class Contestant implements AutoCloseable {
  final String library;
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter questions;
  private final List<Long> rounds = new ArrayList<>();

  /**
   * Starts the process and waits until it is warm.
   *
   * @throws IllegalStateException if it does not get there; what it said is on standard error
   */
  Contestant(List<String> java, String library, String workload, int threads) {
    this.library = library;
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of(Child.class.getName(), library, workload, "" + threads));
    ProcessBuilder b = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    String n = "" + threads;
    b.environment()
        .putAll(Map.of("OMP_NUM_THREADS", n, "MKL_NUM_THREADS", n, "OPENBLAS_NUM_THREADS", n));
    // Large arrays are kept by malloc rather than given back to the system and faulted in again: on
    // machines where page faults are dear, PyTorch's optimizers are many times faster so. Large
    // pages for them, as for our heap.
    b.environment()
        .put(
            "GLIBC_TUNABLES",
            "glibc.malloc.mmap_threshold=4000000000:glibc.malloc.trim_threshold=4000000000"
                + ":glibc.malloc.hugetlb=1");
    // Thread pools that spin against each other are slower on two threads (JavaCPP's PyTorch).
    b.environment().put("OMP_WAIT_POLICY", "passive");
    try {
      process = b.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    if (!"ready".equals(answer())) {
      throw new IllegalStateException("[bench] " + library + " does not run " + workload);
    }
  }

  private String answer() {
    try {
      String line = answers.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void round() {
    questions.println();
    rounds.add(Long.parseLong(answer()));
  }

  /** Returns the median over rounds, in nanoseconds. */
  double median() {
    return rounds.stream().sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
  }

  /** Ends the process; returns the most memory that it had, in megabytes. */
  long finish() {
    questions.close();
    return Long.parseLong(answer());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
