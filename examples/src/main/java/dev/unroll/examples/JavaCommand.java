package dev.unroll.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the command that runs a main class in another process like this one. */
final class JavaCommand {
  private JavaCommand() {}

  static List<String> of(Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC"); // Small, short-lived processes.
    command.add("-Xmx256m");
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    Module module = main.getModule();
    if (module.isNamed()) {
      command.addAll(List.of("-p", System.getProperty("jdk.module.path")));
      command.addAll(List.of("-m", module.getName() + "/" + main.getName()));
    } else {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    }
    return command;
  }
}
