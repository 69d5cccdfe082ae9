package dev.unroll.text.nori;

import dev.unroll.text.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Korean letters outside syllables, as in laughter (ㅋㅋ), tears (ㅠㅠ) and abbreviations (ㅇㅋ): runs of
 * consonants and runs of vowels. The dictionary would attach them to the preceding word.
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
    if (c < 0x3131 || c > 0x318E || c == 0x3164) { // U+3164 is a filler.
      return 0;
    }
    return c <= 0x314E || (c > 0x3164 && c <= 0x3186) ? 1 : 2;
  }

  /** Returns the text with the letters replaced by spaces. */
  String blanked() {
    return blanked;
  }

  /** Passes on the remaining runs that begin before an offset. */
  void before(int offset, Consumer<Token> tokens) {
    while (!runs.isEmpty() && runs.getFirst().start() < offset) {
      tokens.accept(runs.removeFirst());
    }
  }
}
