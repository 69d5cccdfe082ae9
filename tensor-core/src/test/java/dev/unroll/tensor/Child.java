package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM over the same classes, for what is chosen once per process. */
final class Child {
  /** The option that a class path needs for vectors. */
  static final String VECTORS = "--add-modules=jdk.incubator.vector";

  private Child() {}

  /** Runs a class of the tests and returns the lines it prints. */
  static List<String> run(Class<?> main, String... options) {
    String path =
        String.join(
            File.pathSeparator,
            Path.of("target", "classes").toString(),
            Path.of("target", "test-classes").toString(),
            System.getProperty("java.class.path", ""),
            System.getProperty("jdk.module.path", ""));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", path, main.getName()));
    try {
      Process p =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(p.waitFor()).as("%s printed %s", command, out).isZero();
      return out.lines().filter(l -> !l.startsWith("WARNING")).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
