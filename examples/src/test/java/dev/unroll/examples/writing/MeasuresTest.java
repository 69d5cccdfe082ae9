package dev.unroll.examples.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.text.Tokenizers;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  @Test
  void bleuIsThatOfThePaper() {
    List<List<String>> wanted = List.of(List.of("a", "b", "c", "d", "e"));
    assertThat(Bleu.of(wanted, wanted)).isCloseTo(1, within(1e-12));
    // Runs found: 4 of 4, 3 of 3, 2 of 2, 1 of 1, and one token too short: e^(1 - 5/4).
    assertThat(Bleu.of(List.of(List.of("a", "b", "c", "d")), wanted))
        .isCloseTo(Math.exp(-0.25), within(1e-12));
    // 5 of 6, 4 of 5, 3 of 4, 2 of 3: nothing is said twice for one that is wanted.
    assertThat(Bleu.of(List.of(List.of("a", "b", "c", "d", "e", "e")), wanted))
        .isCloseTo(Math.pow(5 / 6.0 * 4 / 5 * 3 / 4 * 2 / 3, 0.25), within(1e-12));
    assertThat(Bleu.of(List.of(List.of("x")), wanted)).isZero();
  }

  @Test
  void diversityCountsRunsOfWords() {
    assertThat(Diversity.distinct(List.of("a b", "a b"), 1)).isEqualTo(0.5);
    assertThat(Diversity.distinct(List.of("a b", "b a"), 2)).isEqualTo(1);
    assertThat(Diversity.distinct(List.of("a"), 2)).isZero();
  }

  @Test
  void textsGoToCodesAndBack() {
    TokenIds ids = TokenIds.of(Tokenizers.named("characters"), List.of("가나", "나다"));
    int[] written = ids.written("다나");
    assertThat(written).hasSize(3);
    assertThat(ids.text(List.of(written[0], written[1]))).isEqualTo("다나");
    assertThat(ids.size()).isEqualTo(6);
    assertThat(ids.written("")).containsExactly(ids.end());
    assertThat(written[2]).isEqualTo(ids.end()).isNotEqualTo(ids.begin());
  }
}
