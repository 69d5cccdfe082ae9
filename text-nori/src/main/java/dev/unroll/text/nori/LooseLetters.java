package dev.unroll.text.nori;

import dev.unroll.text.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Korean letters that make no syllable, as people write laughter (ㅋㅋ), tears (ㅠㅠ) and abbreviations
 * (ㅇㅋ): each run of consonants, and each of vowels. The dictionary would take them as part of the
 * word before.
 */
final class LooseLetters {
  private final Deque<Token> runs = new ArrayDeque<>();
  private final String blanked;

  private LooseLetters(String text) {
    StringBuilder rest = new StringBuilder(text);
    for (int i = 0; i < text.length(); ) {
      int kind = kind(text.charAt(i));
      int end = i + 1;
      while (kind > 0 && end < text.length() && kind(text.charAt(end)) == kind) {
        end++;
      }
      if (kind > 0) {
        runs.add(new Token(text.substring(i, end), i, end));
        rest.replace(i, end, " ".repeat(end - i));
      }
      i = end;
    }
    blanked = rest.toString();
  }

  static LooseLetters of(String text) {
    return new LooseLetters(text);
  }

  /** Returns 1 for a consonant and 2 for a vowel of the block {@code U+3131}, otherwise 0. */
  private static int kind(char c) {
    if (c < 0x3131 || c > 0x318E || c == 0x3164) { // U+3164 fills a place.
      return 0;
    }
    return c <= 0x314E || (c > 0x3164 && c <= 0x3186) ? 1 : 2;
  }

  /** Returns the text with spaces in place of the letters. */
  String blanked() {
    return blanked;
  }

  /** Hands over the runs that begin before an offset and were not handed over yet. */
  void before(int offset, Consumer<Token> tokens) {
    while (!runs.isEmpty() && runs.getFirst().start() < offset) {
      tokens.accept(runs.removeFirst());
    }
  }
}
