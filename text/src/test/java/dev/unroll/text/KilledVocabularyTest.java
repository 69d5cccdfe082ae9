package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.KilledFileTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Processes that are killed while they save a vocabulary. */
class KilledVocabularyTest extends KilledFileTest {
  private static final int TOKENS = 3000;

  @Override
  protected String name() {
    return "vocabulary.txt";
  }

  /** Every token has the count n. */
  @Override
  protected void write(Path file, long n) throws IOException {
    Map<String, Long> counts = new HashMap<>();
    IntStream.range(0, TOKENS).forEach(i -> counts.put("낱말 " + i, n));
    Vocabulary.of(counts).save(file);
  }

  @Override
  protected long read(Path file) throws IOException {
    Vocabulary v = Vocabulary.load(file);
    assertThat(IntStream.range(0, TOKENS).map(i -> v.id("낱말 " + i)).distinct().count())
        .isEqualTo(TOKENS);
    long n = v.count(v.id("낱말 0"));
    assertThat(IntStream.range(0, TOKENS).mapToLong(i -> v.count(v.id("낱말 " + i)))).containsOnly(n);
    return n;
  }
}
