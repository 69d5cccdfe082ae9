package dev.unroll.text.tokenize;

import static dev.unroll.text.tokenize.WordBreak.DOUBLE_QUOTE;
import static dev.unroll.text.tokenize.WordBreak.EXTEND_NUM_LET;
import static dev.unroll.text.tokenize.WordBreak.HEBREW_LETTER;
import static dev.unroll.text.tokenize.WordBreak.KATAKANA;
import static dev.unroll.text.tokenize.WordBreak.NUMERIC;
import static dev.unroll.text.tokenize.WordBreak.REGIONAL_INDICATOR;
import static dev.unroll.text.tokenize.WordBreak.SINGLE_QUOTE;
import static dev.unroll.text.tokenize.WordBreak.SPACE;
import static dev.unroll.text.tokenize.WordBreak.ZWJ;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Splits text at the word boundaries of Unicode Standard Annex 29: words, numbers, punctuation
 * marks and runs of spaces are tokens. Nothing is dropped, so that joining restores the text.
 * Scripts without spaces between words (Thai, Japanese, Chinese) are split into characters.
 *
 * {@snippet class="snippets.TokenizeTest" region="Words"}
 */
public final class Words implements Tokenizer {

  /** Creates a tokenizer. */
  public Words() {}

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at); // There is always a boundary after it.
      end = end < 0 ? text.length() : end + 1;
      new Line(text, at, end).cut(tokens);
      at = end;
    }
  }

  @Override
  public String join(List<String> tokens) {
    return String.join("", tokens);
  }

  /** The code points of a part of a text, with their Word_Break property. */
  private static final class Line {
    private final String text;
    private int[] offset;
    private final int[] code;
    private final WordBreak[] kind;
    private final int n;
    private int flags; // regional indicators before the current position: two of them form a flag

    Line(String text, int from, int to) {
      this.text = text;
      offset = new int[to - from + 1];
      code = new int[to - from];
      kind = new WordBreak[to - from];
      int count = 0;
      for (int i = from; i < to; count++) {
        code[count] = text.codePointAt(i);
        kind[count] = WordBreak.of(code[count]);
        offset[count] = i;
        i += Character.charCount(code[count]);
      }
      n = count;
      offset[n] = to;
      offset = Arrays.copyOf(offset, n + 1);
    }

    void cut(Consumer<Token> tokens) {
      int begin = 0;
      for (int i = 1; i <= n; i++) {
        flags = kind[i - 1] == REGIONAL_INDICATOR ? flags + 1 : kind[i - 1].isIgnored() ? flags : 0;
        if (i == n || isBoundary(i)) {
          tokens.accept(
              new Token(text.substring(offset[begin], offset[i]), offset[begin], offset[i]));
          begin = i;
        }
      }
    }

    /** Rules WB3 to WB4, applied to single characters. */
    private boolean isBoundary(int i) {
      WordBreak a = kind[i - 1];
      WordBreak b = kind[i];
      if (a.isNewline() || b.isNewline()) {
        return a != WordBreak.CR || b != WordBreak.LF;
      }
      boolean joined = a == ZWJ && Character.isExtendedPictographic(code[i]);
      if (joined || (a == SPACE && b == SPACE) || b.isIgnored()) {
        return false;
      }
      int before = before(i);
      return before < 0 || isBoundary(before, i);
    }

    /** Rules WB5 to WB999, applied to characters with their extenders. */
    private boolean isBoundary(int before, int i) {
      WordBreak a = kind[before];
      WordBreak b = kind[i];
      WordBreak beforeThat = at(before(before));
      WordBreak next = at(after(i));
      if (a.isLetter()) {
        boolean quoted = b == SINGLE_QUOTE || (b == DOUBLE_QUOTE && next == HEBREW_LETTER);
        if (b.isLetter()
            || b == NUMERIC
            || (b.isMiddleOfLetters() && next.isLetter())
            || (a == HEBREW_LETTER && quoted)) {
          return false;
        }
      }
      if (b.isLetter()
          && ((a.isMiddleOfLetters() && beforeThat.isLetter())
              || (b == HEBREW_LETTER && a == DOUBLE_QUOTE && beforeThat == HEBREW_LETTER))) {
        return false;
      }
      if (a == NUMERIC
          && (b == NUMERIC || b.isLetter() || (b.isMiddleOfNumbers() && next == NUMERIC))) {
        return false;
      }
      if (b == NUMERIC && a.isMiddleOfNumbers() && beforeThat == NUMERIC) {
        return false;
      }
      if ((a == KATAKANA && b == KATAKANA)
          || (isConnected(a) && b == EXTEND_NUM_LET)
          || (a == EXTEND_NUM_LET && isConnected(b))) {
        return false;
      }
      return a != REGIONAL_INDICATOR || b != REGIONAL_INDICATOR || flags % 2 == 0;
    }

    private static boolean isConnected(WordBreak k) {
      return k.isLetter() || k == NUMERIC || k == KATAKANA || k == EXTEND_NUM_LET;
    }

    private WordBreak at(int i) {
      return i < 0 ? WordBreak.OTHER : kind[i];
    }

    private int before(int i) {
      int k = i - 1;
      while (k >= 0 && kind[k].isIgnored()) {
        k--;
      }
      return k;
    }

    private int after(int i) {
      int k = i + 1;
      while (k < n && kind[k].isIgnored()) {
        k++;
      }
      return k < n ? k : -1;
    }
  }

  @Override
  public String toString() {
    return "Words";
  }
}
