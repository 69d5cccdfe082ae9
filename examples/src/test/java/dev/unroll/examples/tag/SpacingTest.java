package dev.unroll.examples.tag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpacingTest {
  @Test
  void spacesBecomeTagsAndTagsSpaces() {
    Spacing s = Spacing.of("  나는  책을 샀다 ");
    assertThat(String.join("", s.characters())).isEqualTo("나는책을샀다");
    assertThat(s.spaced()).containsExactly(0, 1, 0, 1, 0, 0);
    assertThat(s.text(0, 1, 0, 1, 0, 0)).isEqualTo("나는 책을 샀다");
  }

  @Test
  void pairsVote() {
    Pairs pairs =
        Pairs.of(List.of(Spacing.of("a b"), Spacing.of("a b"), Spacing.of("ab"), Spacing.of("bc")));
    assertThat(Spacing.of("abcd").by(pairs)).containsExactly(1, 0, 0, 0);
  }
}
