package dev.unroll.examples.fit;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a run. */
public sealed interface Progress extends AutoCloseable {

  /** Returns a progress bar on a terminal, plain lines elsewhere. */
  static Progress of(String task, long steps, PrintStream out) {
    return terminal().isPresent()
        ? new Bar(task, steps, out)
        : new Lines(steps, out, System.nanoTime());
  }

  /**
   * Shows the current step.
   *
   * @param numbers its metrics
   */
  void show(long step, String numbers);

  /** Prints a text between progress messages. */
  void print(String text);

  @Override
  void close();

  /** Returns the interactive terminal; empty if input or output is redirected. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 returns null again if there is no terminal.
  static Optional<Console> terminal() {
    Console console = System.console();
    return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
  }

  /** A progress bar on a terminal. */
  final class Bar implements Progress {
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final ProgressBarBuilder builder;
    private @Nullable ProgressBar bar;

    private Bar(String task, long steps, PrintStream out) {
      this.out = out;
      builder =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(500)
              .setConsumer(new ConsoleProgressBarConsumer(out));
    }

    /** Created at the first step, so that earlier messages precede the bar. */
    private ProgressBar bar() {
      if (bar == null) {
        bar = builder.build();
      }
      return bar;
    }

    @Override
    public void show(long step, String numbers) {
      bar().stepTo(step);
      bar().setExtraMessage(" " + numbers);
    }

    @Override
    public void print(String text) {
      out.println(CLEAR_LINE + text);
      bar().refresh();
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }

  /** A line every ten seconds, for redirected output. */
  final class Lines implements Progress {
    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    private final long steps;
    private final PrintStream out;
    private final long start;
    private long last;

    private Lines(long steps, PrintStream out, long start) {
      this.steps = steps;
      this.out = out;
      this.start = start;
      last = start;
    }

    @Override
    public void show(long step, String numbers) {
      long now = System.nanoTime();
      if (now - last < INTERVAL && step < steps) {
        return;
      }
      last = now;
      long left = (now - start) / Math.max(1, step) * (steps - step);
      out.printf(
          Locale.ROOT,
          "step %,d of %,d, %s, %d:%02d left%n",
          step,
          steps,
          numbers,
          Duration.ofNanos(left).toMinutes(),
          Duration.ofNanos(left).toSecondsPart());
    }

    @Override
    public void print(String text) {
      out.println(text);
    }

    @Override
    public void close() {}
  }
}
