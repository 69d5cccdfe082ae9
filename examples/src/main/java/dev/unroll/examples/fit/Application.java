package dev.unroll.examples.fit;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;

/** A command that trains models and reports what they have learned. */
public interface Application extends Callable<Integer> {
  /** Trains and reports. */
  void run() throws IOException;

  @Override
  default Integer call() throws IOException {
    run();
    return 0;
  }

  /** Prints formatted text, with a decimal point in every language. */
  @SuppressWarnings("AnnotateFormatMethod") // The annotation would be a dependency.
  default void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
