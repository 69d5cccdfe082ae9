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

/** Shows how far a training is. */
public sealed interface Progress extends AutoCloseable {

  /** Returns one line that moves on a terminal, plain lines elsewhere. */
  static Progress of(String task, long steps, PrintStream out) {
    return terminal().isPresent()
        ? new Bar(task, steps, out)
        : new Lines(steps, out, System.nanoTime());
  }

  /**
   * Says where the training is.
   *
   * @param numbers what it finds
   */
  void show(long step, String numbers);

  /** Prints a text among the messages. */
  void print(String text);

  @Override
  void close();

  /** Returns the terminal that somebody sits at; nothing if input or output are kept. */
  @SuppressWarnings("SystemConsoleNull") // Null again in JDK 25 where there is no terminal.
  static Optional<Console> terminal() {
    Console console = System.console();
    return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
  }

  /** On a terminal. */
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

    /** What the first step has to say is said before there is a bar. */
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

  /** Where output is kept: a line every ten seconds. */
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
