package dev.unroll.examples;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the commands, grouped by the shape of their models. */
@Command(name = "list", description = "Lists the applications and studies.")
final class ListCommand implements Runnable {
  private static final Map<String, String> HEADS =
      Map.of(
          "sentiment", "many to one",
          "names", "one to many",
          "translate", "many to many",
          "train", "language models, which are one to many without an input",
          "order", "studies");

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  private ListCommand() {}

  @Override
  public void run() {
    CommandSpec all = Objects.requireNonNull(spec.parent());
    for (Map.Entry<String, CommandLine> command : all.subcommands().entrySet()) {
      String name = command.getKey();
      if (HEADS.containsKey(name)) {
        System.out.println(HEADS.get(name));
      }
      if (!name.equals(spec.name())) {
        List<String> said =
            List.of(command.getValue().getCommandSpec().usageMessage().description());
        System.out.printf("  %-12s %s%n", name, String.join(" ", said));
      }
    }
    System.out.println("each has --help");
  }
}
