package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextScoresTest {
  private static final List<List<String>> EXPECTED = List.of(List.of("a", "b", "c", "d", "e"));

  @Test
  void bleuIsThatOfThePaper() {
    assertThat(TextScores.bleu(EXPECTED, EXPECTED)).isCloseTo(1, within(1e-12));
    // N-grams found: 4 of 4, 3 of 3, 2 of 2, 1 of 1, and one token too short: e^(1 - 5/4).
    assertThat(TextScores.bleu(List.of(List.of("a", "b", "c", "d")), EXPECTED))
        .isCloseTo(Math.exp(-0.25), within(1e-12));
    // 5 of 6, 4 of 5, 3 of 4, 2 of 3: a repeated token counts once.
    assertThat(TextScores.bleu(List.of(List.of("a", "b", "c", "d", "e", "e")), EXPECTED))
        .isCloseTo(Math.pow(5 / 6.0 * 4 / 5 * 3 / 4 * 2 / 3, 0.25), within(1e-12));
  }

  @Test
  void bleuOfTextsWithoutCommonNgramsIsZero() {
    assertThat(TextScores.bleu(List.of(List.of("x")), EXPECTED)).isZero();
    assertThat(TextScores.bleu(List.of(List.of()), EXPECTED)).isZero();
    assertThat(TextScores.bleu(List.of(), List.of())).isZero();
  }

  @Test
  void textsWithoutReferenceAreRefused() {
    assertThatThrownBy(() -> TextScores.bleu(List.of(), EXPECTED))
        .hasMessage("[bleu] expected as many references as texts, 0, got 1");
  }

  @Test
  void diversityCountsNgrams() {
    List<String> ab = List.of("a", "b");
    assertThat(TextScores.distinct(List.of(ab, ab), 1)).isEqualTo(0.5);
    assertThat(TextScores.distinct(List.of(ab, List.of("b", "a")), 2)).isEqualTo(1);
    assertThat(TextScores.distinct(List.of(List.of("a")), 2)).isZero();
    assertThatThrownBy(() -> TextScores.distinct(List.of(ab), 0))
        .hasMessage("[distinct] expected n of at least 1, got 0");
  }
}
