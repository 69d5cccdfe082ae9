package dev.unroll.training;

import java.io.Flushable;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The form in which progress is shown. */
sealed interface ProgressStyle {

  /** Returns the time between two lines, in nanoseconds. */
  default long interval() {
    return Duration.ofSeconds(10).toNanos();
  }

  /** Shows a step. */
  void show(long step, long steps, String numbers, Duration left) throws IOException;

  /** Shows a text on lines of its own. */
  void print(String text) throws IOException;

  /** Ends what a run has shown. */
  default void end() throws IOException {}

  private static String line(long step, long steps, String numbers, Duration left) {
    return String.format(
        Locale.ROOT, "step %,d of %,d, %s, %s left", step, steps, numbers, minutes(left));
  }

  private static String minutes(Duration left) {
    return String.format(Locale.ROOT, "%d:%02d", left.toMinutes(), left.toSecondsPart());
  }

  private static void write(Appendable out, String text) throws IOException {
    out.append(text);
    if (out instanceof Flushable f) {
      f.flush();
    }
  }

  /** Plain lines. */
  record Lines(Appendable out) implements ProgressStyle {
    @Override
    public void show(long step, long steps, String numbers, Duration left) throws IOException {
      print(line(step, steps, numbers, left));
    }

    @Override
    public void print(String text) throws IOException {
      write(out, text + System.lineSeparator());
    }

    @Override
    public String toString() {
      return "lines";
    }
  }

  /** Lines of a log. */
  record Log(Logger log) implements ProgressStyle {
    static Log of(String name) {
      return new Log(LoggerFactory.getLogger(name));
    }

    @Override
    public void show(long step, long steps, String numbers, Duration left) {
      print(line(step, steps, numbers, left));
    }

    @Override
    public void print(String text) {
      log.info("{}", text);
    }

    @Override
    public String toString() {
      return "log " + log.getName();
    }
  }

  /** One line of a terminal, which is drawn again and again. */
  final class Bar implements ProgressStyle {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";
    private static final int WIDTH = 20;

    private final String name;
    private final Appendable out;

    /** The line on the terminal; empty if there is none. */
    private String drawn = "";

    Bar(String name, Appendable out) {
      this.name = name;
      this.out = out;
    }

    @Override
    public long interval() {
      return Duration.ofMillis(500).toNanos();
    }

    @Override
    public void show(long step, long steps, String numbers, Duration left) throws IOException {
      int done = (int) Math.min(WIDTH, WIDTH * step / Math.max(1, steps));
      drawn =
          String.format(
              Locale.ROOT,
              "%s %3d%% [%s%s] %,d/%,d, %s, %s left",
              name,
              100 * step / Math.max(1, steps),
              "=".repeat(done),
              " ".repeat(WIDTH - done),
              step,
              steps,
              numbers,
              minutes(left));
      write(out, CLEAR_LINE + cut());
    }

    @Override
    public void print(String text) throws IOException {
      String before = drawn.isEmpty() ? "" : CLEAR_LINE;
      write(out, before + text + System.lineSeparator() + cut());
    }

    /** A line that wrapped could not be drawn again. */
    private String cut() {
      return drawn.isEmpty() ? "" : NO_WRAP + drawn + WRAP;
    }

    @Override
    public void end() throws IOException {
      if (!drawn.isEmpty()) {
        drawn = "";
        write(out, System.lineSeparator());
      }
    }

    @Override
    public String toString() {
      return "bar " + name;
    }
  }
}
