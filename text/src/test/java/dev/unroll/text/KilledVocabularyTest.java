package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.KilledProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they save a vocabulary. */
class KilledVocabularyTest {
  @TempDir Path folder;

  private static final String NAME = "vocabulary.txt";
  private static final int TOKENS = 3000;

  /** Every token has the count n. */
  private static void write(Path file, long n) throws IOException {
    Map<String, Long> counts = new HashMap<>();
    IntStream.range(0, TOKENS).forEach(i -> counts.put("낱말 " + i, n));
    Vocabulary.of(counts).save(file);
  }

  private static long read(Path file) throws IOException {
    Vocabulary v = Vocabulary.load(file);
    assertThat(IntStream.range(0, TOKENS).map(i -> v.id("낱말 " + i)).distinct().count())
        .isEqualTo(TOKENS);
    long n = v.count(v.id("낱말 0"));
    assertThat(IntStream.range(0, TOKENS).mapToLong(i -> v.count(v.id("낱말 " + i)))).containsOnly(n);
    return n;
  }

  /** Entry point of the processes. */
  public static void main(String... args) throws Exception {
    Path file = Path.of(args[0]).resolve(NAME);
    KilledProcesses.save(args[1], n -> write(file, n));
  }

  private void kill(int kills) throws Exception {
    Path file = folder.resolve(NAME);
    KilledProcesses.killWriter(
        KilledVocabularyTest.class, file, kills, n -> write(file, n), () -> read(file));
  }

  @Test
  void killsLoseNothing() throws Exception {
    kill(3);
    assertThat(read(folder.resolve(NAME))).isEqualTo(1);
  }

  @Test
  @Tag("slow")
  void manyKillsLoseNothing() throws Exception {
    kill(200);
    assertThat(read(folder.resolve(NAME))).isEqualTo(1);
  }
}
