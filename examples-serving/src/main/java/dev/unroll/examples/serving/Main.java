package dev.unroll.examples.serving;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "serving",
    mixinStandardHelpOptions = true,
    subcommands = {Serve.class, Compare.class, Soak.class},
    description = "Serves models over HTTP, and measures that.")
final class Main {
  static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
