package dev.unroll.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Cases that other projects wrote, and their tally: one line for each case in {@code
 * target/conformance} of the module, which the launcher adds up. A line is the outcome, the case,
 * and, where it did not pass, the reason.
 */
public final class Conformance {
  private Conformance() {}

  /** Checks one case. */
  public interface Check {
    /**
     * Returns where the library reproduces the case.
     *
     * @throws NotThereException if the case asks for what the library does not have
     */
    void run() throws Exception;
  }

  /** A case asks for what the library does not have; the message says for what. */
  public static final class NotThereException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates an exception for a missing feature: {@code "activation gelu"}. */
    public NotThereException(String missing) {
      super(missing);
    }
  }

  /**
   * Returns a file or folder of cases; skips the test, with the reason, where it is absent.
   *
   * @param name relative to the folder of cases ({@code -Dunroll.conformance}, which the build
   *     takes from the environment variable UNROLL_CONFORMANCE)
   */
  public static Path file(String name) {
    Path path = Path.of(System.getProperty("unroll.conformance", "")).resolve(name);
    if (!Files.exists(path)) {
      tally(name, "skipped", "all", "no such file or folder");
      Assumptions.abort("no conformance cases: set UNROLL_CONFORMANCE; looked for " + name);
    }
    return path;
  }

  /** Returns a test of one case, which counts it: see {@link #check}. */
  public static DynamicTest test(String set, String id, Check check) {
    return DynamicTest.dynamicTest(id, () -> check(set, id, check));
  }

  /**
   * Checks a case and counts it: passed where the check returns, refused where it throws {@link
   * NotThereException}, failed, with what it threw, in every other way.
   */
  public static void check(String set, String id, Check check) throws Exception {
    try {
      check.run();
    } catch (NotThereException e) {
      refused(set, id, "not there yet: " + e.getMessage());
      return;
    } catch (Exception | AssertionError e) {
      tally(set, "failed", id, String.valueOf(e.getMessage()));
      throw e;
    }
    passed(set, id);
  }

  /** Counts a case whose numbers are reproduced. */
  public static void passed(String set, String id) {
    tally(set, "passed", id, "");
  }

  /**
   * Counts a case that is refused with a clear error.
   *
   * @param reason why it is refused: it must be, or it requires a missing feature
   */
  public static void refused(String set, String id, String reason) {
    tally(set, "refused", id, reason);
  }

  private static void tally(String set, String outcome, String id, String reason) {
    String line = String.join("\t", outcome, set, id, reason.lines().findFirst().orElse(""));
    try {
      Path folder = Files.createDirectories(Path.of("target", "conformance"));
      Files.writeString(
          folder.resolve(set.replace('/', '-') + ".tally"),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
