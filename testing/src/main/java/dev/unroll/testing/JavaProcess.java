package dev.unroll.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A JVM of its own that runs a class of the tests, with the class path of the tests. */
public final class JavaProcess {
  private final Class<?> main;
  private final List<String> options;

  private JavaProcess(Class<?> main, List<String> options) {
    this.main = main;
    this.options = options;
  }

  /** How a process ended, and what it printed. */
  public record Outcome(int status, String output) {}

  /**
   * Returns a process that is not started yet.
   *
   * @param main a class with a method {@code main}
   * @param options of the JVM
   */
  public static JavaProcess of(Class<?> main, String... options) {
    List<String> all = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector"));
    all.addAll(List.of(options));
    return new JavaProcess(main, all);
  }

  /** Returns a process without the module of vectors: it has scalar kernels only. */
  public static JavaProcess withoutVectors(Class<?> main, String... options) {
    return new JavaProcess(main, List.of(options));
  }

  /** Returns the command that starts the process. */
  public List<String> command(String... arguments) {
    List<String> path = new ArrayList<>();
    for (String property :
        List.of("jdk.module.path", "java.class.path", "surefire.test.class.path")) {
      path.addAll(List.of(System.getProperty(property, "").split(File.pathSeparator)));
    }
    // Where tests are patched into a module they are on neither path.
    path.add(Path.of("target", "test-classes").toAbsolutePath().toString());
    path.add(Path.of("target", "classes").toAbsolutePath().toString());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.addAll(options);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, path), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs the process to its end. */
  public Outcome run(String... arguments) throws IOException, InterruptedException {
    return run(new ProcessBuilder(command(arguments)));
  }

  /**
   * Runs a process to its end. Its output is what it prints to both streams, but for what the JVM
   * says about incubator modules.
   */
  public static Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process p = builder.redirectErrorStream(true).start();
    String output =
        new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(l -> !l.startsWith("WARNING: Using incubator modules"))
            .collect(Collectors.joining("\n"));
    return new Outcome(p.waitFor(), output);
  }

  /**
   * Runs the process and returns its output.
   *
   * @throws AssertionError if it ends with a status other than 0
   */
  public String output(String... arguments) throws IOException, InterruptedException {
    Outcome outcome = run(arguments);
    if (outcome.status != 0) {
      throw new AssertionError(
          main.getName() + " ended with " + outcome.status + ": " + outcome.output);
    }
    return outcome.output;
  }
}
