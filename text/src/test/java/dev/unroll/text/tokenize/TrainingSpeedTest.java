package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.Conformance;
import dev.unroll.text.read.Utf8;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 16,000 tokens from the 14 MB of NSMC. */
@Tag("slow")
class TrainingSpeedTest {
  @Test
  void tokensAreLearnedInUnderAMinute() throws Exception {
    Path file = Conformance.file("../data/nsmc/ratings_train.txt");
    List<String> reviews;
    try (Stream<String> lines = Utf8.STRICT.lines(file)) {
      reviews = lines.skip(1).map(l -> l.split("\t", -1)[1]).toList();
    }
    long start = System.nanoTime();
    ByteLevelBpe bpe = new BpeTraining(16_000, 2).byteLevel(reviews);
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf("%,d tokens of %,d reviews: %.1f s%n", 16_000, reviews.size(), seconds);
    assertThat(bpe.tokens()).hasSize(16_000);
    assertThat(seconds).isLessThan(60);
    String first = reviews.getFirst();
    assertThat(bpe.decode(bpe.encode(first))).isEqualTo(first);
  }
}
