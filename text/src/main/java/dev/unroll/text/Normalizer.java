package dev.unroll.text;

import dev.unroll.text.unicode.WhiteSpace;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites text before it is tokenized, and tracks which part of the original each character comes
 * from, so that a {@link #before following tokenizer} still returns offsets into the original.
 *
 * {@snippet class="snippets.TextTest" region="Normalizer"}
 */
@FunctionalInterface
public interface Normalizer {

  /** Receives the pieces of the rewritten text, from left to right. */
  @FunctionalInterface
  interface Output {
    /**
     * Receives a piece.
     *
     * @param piece the rewritten characters; may be empty
     * @param start the start of the replaced range in the original text
     * @param end the end of that range
     */
    void put(CharSequence piece, int start, int end);
  }

  /** Passes all pieces of the rewritten text to an output. */
  void rewrite(String text, Output out);

  /** Returns the rewritten text. */
  default String normalize(String text) {
    StringBuilder all = new StringBuilder();
    rewrite(text, (piece, start, end) -> all.append(piece));
    return all.toString();
  }

  /** Returns this normalizer followed by another. */
  default Normalizer then(Normalizer next) {
    return Normalizers.Sequence.of(this, next);
  }

  /**
   * Returns the normalizers that {@link #then} combined, in the order of application; any other
   * normalizer returns just itself.
   */
  default List<Normalizer> steps() {
    return List.of(this);
  }

  /** Returns a tokenizer of the rewritten text whose offsets refer to the original. */
  default Tokenizer before(Tokenizer tokenizer) {
    return new Normalizers.NormalizedTokenizer(this, tokenizer);
  }

  /** Returns canonical composition, NFC of Unicode Standard Annex 15. */
  static Normalizer nfc() {
    return form(Form.NFC);
  }

  /** Returns canonical decomposition, NFD. */
  static Normalizer nfd() {
    return form(Form.NFD);
  }

  /**
   * Returns compatibility composition, NFKC, which also maps ﬁ to fi, ５ to 5, ㎏ to kg. Isolated
   * Korean letters become parts of syllables and combine with their neighbours: ㅋㅠ becomes 큐. Use
   * {@link #nfc} to preserve ㅋㅋㅠㅠ.
   */
  static Normalizer nfkc() {
    return form(Form.NFKC);
  }

  /** Returns compatibility decomposition, NFKD; isolated Korean letters become jamo. */
  static Normalizer nfkd() {
    return form(Form.NFKD);
  }

  private static Normalizer form(Form form) {
    return new Normalizers.UnicodeForm(form);
  }

  /** Converts each character to lower case, independently of its context and the language. */
  static Normalizer lowerCase() {
    return Normalizers.CharacterRule.LOWER_CASE;
  }

  /**
   * Removes nonspacing marks (general category Mn) after {@link #nfd}, as BERT does: é becomes e.
   * Spacing vowel signs, as in हिन्दी, remain.
   *
   * @see #withoutMarks
   */
  static Normalizer withoutAccents() {
    return Normalizers.CharacterRule.WITHOUT_ACCENTS;
  }

  /**
   * Removes all marks (general categories Mn, Mc and Me) after {@link #nfd}, as Hugging Face's
   * {@code StripAccents} does.
   */
  static Normalizer withoutMarks() {
    return Normalizers.CharacterRule.WITHOUT_MARKS;
  }

  /**
   * Removes control and format characters (categories Cc and Cf: U+0000, U+200B, U+FEFF) except
   * tab, line feed and carriage return.
   */
  static Normalizer withoutControls() {
    return Normalizers.CharacterRule.WITHOUT_CONTROLS;
  }

  /** Collapses each run of white space into one space, and strips both ends. */
  static Normalizer singleSpaces() {
    return new Normalizers.Named(
        "singleSpaces",
        (text, out) -> {
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
        });
  }

  /** Replaces every decimal digit, of any script, by 0. */
  static Normalizer zeroDigits() {
    return Normalizers.CharacterRule.ZERO_DIGITS;
  }

  /**
   * Shortens runs of a repeated letter or pair of letters; with {@code most} = 2, ㅋㅋㅋㅋㅋ becomes ㅋㅋ,
   * 와아아아 와아아, 하하하하 하하.
   *
   * @param most the number of repetitions to keep, at least 1
   */
  static Normalizer shortened(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("[normalizer] must keep at least 1, not " + most);
    }
    Pattern run = Pattern.compile("(\\p{L}|\\p{IsHangul}{2})\\1{" + most + ",}");
    return matches("shortened(" + most + ")", run, m -> m.group(1).repeat(most));
  }

  /** Replaces all matches of a pattern. */
  static Normalizer replacing(Pattern pattern, String replacement) {
    Objects.requireNonNull(pattern, "pattern");
    Objects.requireNonNull(replacement, "replacement");
    return matches(
        "replacing(" + pattern + ", \"" + replacement + "\")", pattern, m -> replacement);
  }

  private static Normalizer matches(String name, Pattern pattern, Function<Matcher, String> by) {
    return new Normalizers.Named(
        name,
        (text, out) -> {
          Matcher m = pattern.matcher(text);
          int at = 0;
          while (m.find()) {
            each(text, at, m.start(), out);
            out.put(by.apply(m), m.start(), m.end());
            at = m.end();
          }
          each(text, at, text.length(), out);
        });
  }

  /** Passes on the characters of a range unchanged. */
  private static void each(String text, int from, int to, Output out) {
    for (int i = from; i < to; i++) {
      out.put(text.substring(i, i + 1), i, i + 1);
    }
  }
}
