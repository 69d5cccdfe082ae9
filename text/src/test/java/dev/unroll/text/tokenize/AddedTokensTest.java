package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.unroll.testing.Choices;
import dev.unroll.testing.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddedTokensTest {
  private static final Duration SOON = Duration.ofSeconds(2);

  private static AddedTokens tokens(boolean left, boolean right, String... contents) {
    return new AddedTokens(
        List.of(contents).stream()
            .map(c -> new AddedTokens.Added(c, false, false, left, right, false))
            .toList(),
        Optional.empty());
  }

  private static List<String> split(AddedTokens tokens, String text) {
    List<String> parts = new ArrayList<>();
    tokens.split(
        text,
        new AddedTokens.Parts() {
          @Override
          public void text(int from, int to) {
            parts.add(text.substring(from, to));
          }

          @Override
          public void token(AddedTokens.Added token, int from, int to) {
            parts.add("<" + text.substring(from, to) + ">");
          }
        });
    return parts;
  }

  @Test
  void ofThoseThatBeginAtOnePlaceTheLongestIsTaken() {
    AddedTokens t = tokens(false, false, "ab", "abcd", "bc", "c", "bcde");
    assertThat(split(t, "abcabcdxbcdabcde"))
        .containsExactly("<ab>", "<c>", "<abcd>", "x", "<bc>", "d", "<abcd>", "e");
    assertThat(split(tokens(false, false), "abc")).containsExactly("abc");
    assertThat(split(t, "")).isEmpty();
  }

  /** Compares with looking for every text at every place. */
  @Test
  void longestMatchesAreThose() {
    Property.holds(
        2000,
        draw -> {
          List<String> texts = new ArrayList<>();
          for (int i = draw.choose(8); i > 0; i--) {
            texts.add(letters(draw, draw.choose(6)));
          }
          String text = draw.show("text", letters(draw, draw.choose(30)));
          draw.show("tokens", texts);
          int[] found = new LongestMatches(texts).in(text);
          for (int at = 0; at < text.length(); at++) {
            int best = 0;
            for (int k = 0; k < texts.size(); k++) {
              boolean here = !texts.get(k).isEmpty() && text.startsWith(texts.get(k), at);
              best =
                  here && (best == 0 || texts.get(k).length() >= texts.get(best - 1).length())
                      ? k + 1
                      : best;
            }
            assertThat(found.length == 0 ? 0 : found[at]).as("at %d", at).isEqualTo(best);
          }
        });
  }

  private static String letters(Choices draw, int n) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < n; i++) {
      all.append((char) ('a' + draw.choose(2)));
    }
    return all.toString();
  }

  @Test
  void noTokensMakeATextCostMoreThanItsLength() {
    String text = "a".repeat(300_000);
    AddedTokens deep = tokens(false, false, "a".repeat(50_000) + "b", "ab");
    assertThat(assertTimeoutPreemptively(SOON, () -> split(deep, text))).containsExactly(text);
    AddedTokens both = tokens(false, false, "a", "a".repeat(50_000) + "b");
    assertThat(assertTimeoutPreemptively(SOON, () -> split(both, text))).hasSize(300_000);
    String[] many = IntStream.range(0, 20_000).mapToObj(i -> "<" + i + ">").toArray(String[]::new);
    AddedTokens t = tokens(false, false, many);
    String rich = "<17> and <19999>".repeat(50_000);
    assertThat(assertTimeoutPreemptively(SOON, () -> split(t, rich))).hasSize(150_000);
  }

  @Test
  void whiteSpaceIsPassedOverOnce() {
    String blanks = " ".repeat(300_000);
    for (boolean left : new boolean[] {false, true}) {
      AddedTokens t = tokens(left, !left, " ");
      assertThat(assertTimeoutPreemptively(SOON, () -> split(t, blanks))).hasSize(300_000);
    }
    assertThat(split(tokens(true, true, "x"), "a  x  x b"))
        .containsExactly("a", "<  x  >", "<x >", "b");
  }

  @Test
  void tokensWithoutMeasureAreRefused() {
    String huge = "x".repeat((int) Math.max(1 << 16, Runtime.getRuntime().maxMemory() / 256) + 1);
    assertThatThrownBy(() -> tokens(false, false, huge))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the added tokens have " + huge.length() + " characters");
  }
}
