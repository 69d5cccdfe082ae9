package dev.unroll.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Processes that save one state after the other in a folder and are killed at random moments. Each
 * begins where the one before was killed.
 */
public final class KilledProcesses {
  /** How long after its first save a process lives at most, in milliseconds. */
  private static final int LIFE = 40;

  private KilledProcesses() {}

  /** Saves a state of a number. */
  public interface Save {
    /** Saves it in the place of the one before. */
    void of(long number) throws Exception;
  }

  /** Looks what a killed process has left. */
  public interface Saved {
    /** Returns the number of the state that is there, which must be whole. */
    long number() throws Exception;
  }

  /**
   * The body of {@code main(folder, from)} of a process: saves until it is killed, and prints what
   * has been saved.
   */
  @SuppressWarnings("InfiniteLoopStatement")
  public static void save(String from, Save save) throws Exception {
    for (long n = Long.parseLong(from); ; n++) {
      save.of(n);
      System.out.print(n + "\n");
      System.out.flush();
    }
  }

  /**
   * Kills processes, and compares the saved state with the one that they reported to have saved.
   *
   * @param process its arguments are the folder and the number to begin with
   * @throws AssertionError if a state that was saved is lost; the message has the seed
   */
  public static void kill(JavaProcess process, Path folder, int kills, Saved saved)
      throws Exception {
    long seed = Property.firstSeed();
    Random random = new Random(seed);
    long last = 0;
    for (int i = 0; i < kills; i++) {
      long said = said(process, folder, last + 1, random.nextInt(LIFE * 1000));
      long there;
      try {
        there = saved.number();
      } catch (IOException | RuntimeException e) {
        throw new AssertionError(
            "-Dunroll.seed=" + seed + ", kill " + i + ": " + said + " was saved and is lost: " + e,
            e);
      }
      if (there != said && there != said + 1) {
        throw new AssertionError(
            "-Dunroll.seed="
                + seed
                + ", kill "
                + i
                + ": "
                + said
                + " was saved, "
                + there
                + " is there");
      }
      last = there;
    }
  }

  /**
   * Kills processes that write one file again and again, and compares the saved state with the one
   * that they reported to have written. An undisturbed write then leaves no other file in the
   * folder.
   *
   * @param process its arguments are the folder of the file and the number to begin with
   * @param write writes the file for a number
   * @param written reads the number from the file, which must be whole
   */
  public static void killWriter(
      JavaProcess process, Path file, int kills, Save write, Saved written) throws Exception {
    kill(process, file.getParent(), kills, written);
    write.of(1);
    try (Stream<Path> left = Files.list(file.getParent())) {
      List<Path> all = left.toList();
      if (!all.equals(List.of(file)) || written.number() != 1) {
        throw new AssertionError("expected " + file + " alone, got " + all);
      }
    }
  }

  /** Returns the number that a process said last. */
  private static long said(JavaProcess process, Path folder, long from, int micros)
      throws Exception {
    Path out = Files.createTempFile("killed", ".out");
    Path err = Files.createTempFile("killed", ".err");
    try {
      Process p =
          new ProcessBuilder(process.command(folder.toString(), String.valueOf(from)))
              .redirectError(err.toFile())
              .redirectOutput(out.toFile())
              .start();
      while (p.isAlive() && Files.size(out) == 0) {
        Thread.sleep(1);
      }
      TimeUnit.MICROSECONDS.sleep(micros);
      p.destroyForcibly().waitFor();
      String text = Files.readString(out);
      String lines = text.substring(0, text.lastIndexOf('\n') + 1); // The last may be cut.
      if (lines.isEmpty()) {
        throw new AssertionError("nothing was saved: " + Files.readString(err));
      }
      return Long.parseLong(lines.lines().toList().getLast());
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
