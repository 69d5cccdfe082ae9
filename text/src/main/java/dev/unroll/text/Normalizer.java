package dev.unroll.text;

import dev.unroll.text.unicode.WhiteSpace;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites a text before it is cut into tokens, and remembers which part of the text each character
 * comes from: a {@link #before tokenizer behind it} still gives offsets into the original.
 *
 * <pre>{@code
 * Tokenizer words =
 *     Normalizer.nfkc().then(Normalizer.lowerCase()).then(Normalizer.shortened(2)).before(tokenizer);
 * }</pre>
 */
@FunctionalInterface
public interface Normalizer {

  /** Takes the pieces of a rewritten text, from left to right. */
  @FunctionalInterface
  interface Output {
    /**
     * Takes a piece.
     *
     * @param piece what it reads now; may be empty
     * @param start where it begins in the text that was given
     * @param end where it ends there
     */
    void put(CharSequence piece, int start, int end);
  }

  /** Hands over all pieces of the rewritten text. */
  void rewrite(String text, Output out);

  /** Returns the rewritten text. */
  default String normalize(String text) {
    StringBuilder all = new StringBuilder();
    rewrite(text, (piece, start, end) -> all.append(piece));
    return all.toString();
  }

  /** Returns this, then another. */
  default Normalizer then(Normalizer next) {
    return Normalizers.Sequence.of(this, next);
  }

  /**
   * Returns the normalizers that {@link #then} put together, in the order in which they are
   * applied; of any other normalizer, itself alone.
   */
  default List<Normalizer> steps() {
    return List.of(this);
  }

  /** Returns a tokenizer that cuts the rewritten text, with offsets into the one that was given. */
  default Tokenizer before(Tokenizer tokenizer) {
    return new Normalizers.NormalizedTokenizer(this, tokenizer);
  }

  /** Returns the canonical composition of Unicode Standard Annex 15. */
  static Normalizer nfc() {
    return form(Form.NFC);
  }

  /** Returns the canonical decomposition. */
  static Normalizer nfd() {
    return form(Form.NFD);
  }

  /**
   * Returns the compatibility composition: also ﬁ as fi, ５ as 5, ㎏ as kg. Single Korean letters
   * become parts of syllables, which join their neighbours: ㅋㅠ becomes 큐. Use {@link #nfc} to keep
   * ㅋㅋㅠㅠ as it is written.
   */
  static Normalizer nfkc() {
    return form(Form.NFKC);
  }

  /** Returns the compatibility decomposition; of single Korean letters, parts of syllables. */
  static Normalizer nfkd() {
    return form(Form.NFKD);
  }

  private static Normalizer form(Form form) {
    return new Normalizers.UnicodeForm(form);
  }

  /** Returns small letters, each character by itself, whatever the language. */
  static Normalizer lowerCase() {
    return Normalizers.CharacterRule.LOWER_CASE;
  }

  /**
   * Returns the text without nonspacing marks (general category Mn), after {@link #nfd}: é as e.
   * This is what BERT removes. Vowel signs that take space of their own, as in हिन्दी, stay.
   *
   * @see #withoutMarks
   */
  static Normalizer withoutAccents() {
    return Normalizers.CharacterRule.WITHOUT_ACCENTS;
  }

  /**
   * Returns the text without marks of any kind (general categories Mn, Mc and Me), after {@link
   * #nfd}: Hugging Face's {@code StripAccents}.
   */
  static Normalizer withoutMarks() {
    return Normalizers.CharacterRule.WITHOUT_MARKS;
  }

  /**
   * Returns the text without control and format characters (categories Cc and Cf: U+0000, U+200B,
   * U+FEFF), but for tab, line feed and carriage return.
   */
  static Normalizer withoutControls() {
    return Normalizers.CharacterRule.WITHOUT_CONTROLS;
  }

  /** Returns each run of white space as one space, and none at both ends. */
  static Normalizer singleSpaces() {
    return (text, out) -> {
      int i = 0;
      boolean begun = false;
      while (i < text.length()) {
        int c = text.codePointAt(i);
        int end = i + Character.charCount(c);
        if (WhiteSpace.is(c)) {
          while (end < text.length() && WhiteSpace.is(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
          }
          out.put(begun && end < text.length() ? " " : "", i, end);
        } else {
          out.put(text.substring(i, end), i, end);
          begun = true;
        }
        i = end;
      }
    };
  }

  /** Returns every decimal digit, of any script, as 0: numbers by their length alone. */
  static Normalizer zeroDigits() {
    return Normalizers.CharacterRule.ZERO_DIGITS;
  }

  /**
   * Returns runs of one letter, or of one pair of letters, no longer than so many: ㅋㅋㅋㅋㅋ as ㅋㅋ,
   * 와아아아 as 와아아, 하하하하 as 하하.
   *
   * @param most how many of them stay, at least 1
   */
  static Normalizer shortened(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("[normalizer] must keep at least 1, not " + most);
    }
    Pattern run = Pattern.compile("(\\p{L}|\\p{IsHangul}{2})\\1{" + most + ",}");
    return matches(run, m -> m.group(1).repeat(most));
  }

  /** Returns the text with what a pattern matches replaced. */
  static Normalizer replacing(Pattern pattern, String replacement) {
    return matches(pattern, m -> replacement);
  }

  private static Normalizer matches(Pattern pattern, Function<Matcher, String> by) {
    return (text, out) -> {
      Matcher m = pattern.matcher(text);
      int at = 0;
      while (m.find()) {
        each(text, at, m.start(), out);
        out.put(by.apply(m), m.start(), m.end());
        at = m.end();
      }
      each(text, at, text.length(), out);
    };
  }

  /** Hands over the characters of a part of a text as they are. */
  private static void each(String text, int from, int to, Output out) {
    for (int i = from; i < to; i++) {
      out.put(text.substring(i, i + 1), i, i + 1);
    }
  }
}
