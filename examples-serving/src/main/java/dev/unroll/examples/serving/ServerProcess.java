package dev.unroll.examples.serving;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A server in another process, with the module path or the class path of this one. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final URI address;

  /**
   * Starts a server and waits until it serves.
   *
   * @param jvm options of the JVM
   * @param arguments of {@link Serve}
   * @throws IOException if it does not start
   */
  ServerProcess(List<String> jvm, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(jvm);
    command.addAll(program());
    command.add("serve");
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    if (line == null || !line.startsWith(Serve.READY)) {
      process.destroy();
      throw new IOException("expected the server to start, got: " + line);
    }
    address = URI.create(line.substring(Serve.READY.length()));
    Thread.ofVirtual().start(() -> output.lines().forEach(System.out::println));
  }

  URI address() {
    return address;
  }

  private static List<String> program() {
    String main = Main.class.getName();
    String modules = System.getProperty("jdk.module.path");
    if (modules != null) {
      return List.of(
          "--enable-native-access=com.microsoft.onnxruntime",
          "-p",
          modules,
          "-m",
          "dev.unroll.examples.serving/" + main);
    }
    return List.of(
        "--enable-native-access=ALL-UNNAMED",
        "--add-modules",
        "jdk.incubator.vector",
        "-cp",
        System.getProperty("java.class.path"),
        main);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
