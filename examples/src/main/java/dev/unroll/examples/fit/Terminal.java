package dev.unroll.examples.fit;

import dev.unroll.training.ProgressDisplay;
import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** The terminal, if there is one. */
public final class Terminal {
  private Terminal() {}

  /** Returns a progress bar on a terminal, plain lines elsewhere. */
  public static ProgressDisplay progress(String task, PrintStream out) {
    return console().isPresent() ? ProgressDisplay.bar(task, out) : ProgressDisplay.lines(out);
  }

  /** Returns the interactive terminal; empty if input or output is redirected. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 returns null again if there is no terminal.
  public static Optional<Console> console() {
    Console console = System.console();
    return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
  }
}
