package dev.unroll.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Small training runs, each in its own process, that save after every step.
 *
 * @param main the program, of which {@code train} is a command
 * @param text the training text
 * @param log the file of their output
 * @param steps the number of steps of each
 */
record TrainingProcesses(Class<?> main, Path text, Path log, long steps) {

  /** Starts a run in a folder. */
  Process begin(Path run) throws IOException {
    List<String> options = new ArrayList<>(List.of("--text", text.toString()));
    options.addAll(List.of("--hidden", "16", "--embedding", "8", "--batch", "4", "--window", "16"));
    options.addAll(List.of("--steps", String.valueOf(steps), "--out", run.toString()));
    return start(options);
  }

  /** Resumes a run. */
  Process resume(Path run) throws IOException {
    return start(List.of("--resume", run.toString()));
  }

  private Process start(List<String> options) throws IOException {
    List<String> command = new ArrayList<>(JavaCommand.of(main));
    command.addAll(List.of("train", "--checkpoint", "1"));
    command.addAll(options);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /**
   * Waits until a run has ended.
   *
   * @throws IllegalStateException if it failed; the message has its output
   */
  void finish(Process p, Path run) throws IOException, InterruptedException {
    int status = p.waitFor();
    if (status != 0) {
      throw new IllegalStateException(
          run + " ended with status " + status + ":\n" + Files.readString(log));
    }
  }
}
