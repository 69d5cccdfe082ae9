package dev.unroll.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What an action prints, for tests that expect it. Log messages are printed to standard error. */
public final class Printed {
  private Printed() {}

  /** Something that may print. */
  public interface Action<E extends Exception> {
    /** Does it. */
    void run() throws E;
  }

  /** Returns what an action prints to standard error. */
  public static <E extends Exception> String toError(Action<E> action) throws E {
    return during(action, System.err, System::setErr);
  }

  /** Returns what an action prints to standard output. */
  public static <E extends Exception> String toOutput(Action<E> action) throws E {
    return during(action, System.out, System::setOut);
  }

  private static <E extends Exception> String during(
      Action<E> action, PrintStream before, Consumer<PrintStream> set) throws E {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      set.accept(stream);
      action.run();
    } finally {
      set.accept(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
