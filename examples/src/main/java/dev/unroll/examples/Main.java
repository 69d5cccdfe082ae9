package dev.unroll.examples;

import dev.unroll.examples.classify.SentimentCommand;
import dev.unroll.examples.classify.SpamCommand;
import dev.unroll.examples.fit.Spelling;
import dev.unroll.examples.names.LanguagesCommand;
import dev.unroll.examples.names.NamesCommand;
import dev.unroll.examples.play.PlayCommand;
import dev.unroll.examples.series.AlertCommand;
import dev.unroll.examples.series.ForecastCommand;
import dev.unroll.examples.study.MemoryCommand;
import dev.unroll.examples.study.OrderCommand;
import dev.unroll.examples.study.TbpttCommand;
import dev.unroll.examples.study.VanishCommand;
import dev.unroll.examples.study.VariantsCommand;
import dev.unroll.examples.tag.TagCommand;
import dev.unroll.examples.translate.ChatCommand;
import dev.unroll.examples.translate.TranslateCommand;
import dev.unroll.examples.vision.CaptionCommand;
import dev.unroll.examples.vision.VideoCommand;
import dev.unroll.training.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. Invalid input is reported in one sentence, with exit status 2. */
@Command(
    name = "unroll",
    description = "Recurrent networks for the JVM.",
    subcommands = {
      ListCommand.class,
      SentimentCommand.class,
      SpamCommand.class,
      ForecastCommand.class,
      AlertCommand.class,
      LanguagesCommand.class,
      NamesCommand.class,
      CaptionCommand.class,
      TranslateCommand.class,
      ChatCommand.class,
      VideoCommand.class,
      PlayCommand.class,
      TagCommand.class,
      TrainCommand.class,
      GenerateCommand.class,
      OrderCommand.class,
      VanishCommand.class,
      MemoryCommand.class,
      TbpttCommand.class,
      VariantsCommand.class,
      CheckResumeCommand.class
    })
public final class Main implements Runnable {
  private static final int BAD_INPUT = 2;

  @Spec private CommandSpec spec;

  @SuppressWarnings("unused") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String... args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine line = new CommandLine(new Main());
    for (CommandLine command : line.getSubcommands().values()) {
      Count.limit(command.getCommandSpec());
      command.getCommandSpec().usageMessage().sortOptions(false).showDefaultValues(true);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUseSimplifiedAtFiles(true) // one option in a line
        .setOverwrittenOptionsAllowed(true) // as scripts expect: the last one wins
        .setParameterExceptionHandler((e, a) -> say(message(e), e.getCommandLine()))
        .setExecutionExceptionHandler((e, command, parsed) -> refuse(e, command));
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      return say(
          String.format(
              Locale.ROOT,
              "the heap of %,d MB is too small; use smaller sizes, or a larger heap (java -Xmx)",
              Runtime.getRuntime().maxMemory() >> 20),
          line);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command; list shows them");
  }

  /** Reports invalid input; any other exception is a defect, and is shown with its stack trace. */
  private static int refuse(Exception e, CommandLine command) throws Exception {
    return switch (e) {
      case IOException io -> say(message(io), command);
      case UncheckedIOException io -> say(message(Objects.requireNonNull(io.getCause())), command);
      case DivergedException d -> say(d.getMessage(), command);
      case IllegalArgumentException i -> say(i.getMessage(), command);
      default -> throw e;
    };
  }

  /** Returns the error in the arguments, with a suggestion. */
  private static String message(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      CommandSpec command = e.getCommandLine().getCommandSpec();
      List<String> names = new ArrayList<>(command.optionsMap().keySet());
      names.addAll(command.subcommands().keySet());
      String given = unmatched.getUnmatched().getFirst().split("=", 2)[0];
      return message + Spelling.suggest(given, names);
    }
    return message;
  }

  /** The JDK's own messages are often the path alone. */
  private static String message(IOException e) {
    String what =
        switch (e) {
          case FileSystemException f when f.getReason() != null -> f.getReason();
          case NoSuchFileException f -> "there is no such file or folder";
          case AccessDeniedException f -> "access is denied";
          case FileAlreadyExistsException f -> "exists already";
          case NotDirectoryException f -> "is not a folder";
          default -> null;
        };
    return what == null
        ? String.valueOf(e.getMessage())
        : ((FileSystemException) e).getFile() + ": " + what;
  }

  private static int say(@Nullable String message, CommandLine command) {
    command.getErr().println("unroll: " + message);
    return BAD_INPUT;
  }
}
