package dev.unroll.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parent's view of a {@link Child} process. */
final class Contestant implements AutoCloseable {
  final String library;

  /** The kernels that the library chose. */
  final String kernels;

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter questions;
  private final List<Long> rounds = new ArrayList<>();

  /**
   * Starts the process and waits until it is warm.
   *
   * @throws IllegalStateException if it fails; its output is on standard error
   */
  Contestant(List<String> java, String library, String workload, int threads) {
    this.library = library;
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of(Child.class.getName(), library, workload, "" + threads));
    ProcessBuilder b = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    Environment.free(b.environment(), threads);
    try {
      process = b.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    String answer = answer();
    if (!answer.startsWith(Child.READY)) {
      throw new IllegalStateException("[bench] " + library + " does not run " + workload);
    }
    kernels = answer.substring(Child.READY.length()).strip();
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

  /** Ends the process and returns its peak memory in megabytes. */
  long finish() {
    questions.close();
    return Long.parseLong(answer());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
