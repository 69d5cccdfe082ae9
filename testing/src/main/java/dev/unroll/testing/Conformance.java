package dev.unroll.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/**
 * Cases that other projects wrote, and the tally of them: one line for each case in {@code
 * target/conformance} of the module, which the launcher adds up.
 */
public final class Conformance {
  private Conformance() {}

  /**
   * Returns a file or folder of cases; skips the test, with the reason, where it is absent.
   *
   * @param name relative to the folder of cases ({@code -Dunroll.conformance}, which the build
   *     takes from the environment variable UNROLL_CONFORMANCE)
   */
  public static Path file(String name) {
    Path path = Path.of(System.getProperty("unroll.conformance", "")).resolve(name);
    if (!Files.exists(path)) {
      tally(name, "skipped", "all");
      Assumptions.abort("no conformance cases: set UNROLL_CONFORMANCE; looked for " + name);
    }
    return path;
  }

  /** Counts a case whose numbers are reproduced. */
  public static void passed(String set, String id) {
    tally(set, "passed", id);
  }

  /**
   * Counts a case that is refused with a clear error: it must be, or asks for what is not there.
   */
  public static void refused(String set, String id) {
    tally(set, "refused", id);
  }

  private static void tally(String set, String outcome, String id) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "conformance"));
      Files.writeString(
          folder.resolve(set.replace('/', '-') + ".tally"),
          outcome + " " + id + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
