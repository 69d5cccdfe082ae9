package dev.unroll.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed while they write one file again and again: a reader finds the last file
 * that was written, or the one before.
 */
public abstract class KilledFileTest {
  private static final String TEST = "unroll.killed";

  @TempDir Path folder;

  /** Returns the name of the file. */
  protected abstract String name();

  /** Writes the file for a number. */
  protected abstract void write(Path file, long number) throws Exception;

  /** Returns the number of a file, which must be whole. */
  protected abstract long read(Path file) throws Exception;

  /** Returns the process that writes the file of a test until it is killed. */
  public static JavaProcess process(Class<? extends KilledFileTest> test) {
    return JavaProcess.of(
        KilledFileTest.class,
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-D" + TEST + "=" + test.getName());
  }

  /** Entry point of the processes. */
  public static void main(String... args) throws Exception {
    var constructor = Class.forName(System.getProperty(TEST)).getDeclaredConstructor();
    constructor.setAccessible(true);
    KilledFileTest test = (KilledFileTest) constructor.newInstance();
    Path file = Path.of(args[0]).resolve(test.name());
    KilledProcesses.save(args[1], n -> test.write(file, n));
  }

  private void kill(int kills) throws Exception {
    Path file = folder.resolve(name());
    KilledProcesses.killWriter(
        process(getClass()), file, kills, n -> write(file, n), () -> read(file));
  }

  @Test
  void killsLoseNothing() throws Exception {
    kill(3);
  }

  @Test
  @Tag("slow")
  void manyKillsLoseNothing() throws Exception {
    kill(200);
  }
}
