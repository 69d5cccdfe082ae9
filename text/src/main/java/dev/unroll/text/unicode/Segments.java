package dev.unroll.text.unicode;

import java.text.Normalizer;

/**
 * The segments of a text that normalize independently of each other. They differ from grapheme
 * clusters: the letters ㄱ and ㅏ are two clusters, but one syllable in NFKC.
 */
public final class Segments {
  private static final int KIRAT_RAI_VOWEL_SIGN_E = 0x16D67;

  private Segments() {}

  /** Returns the end of the segment that begins at an index, in any normalization form. */
  public static int end(String text, int from) {
    int i = from + Character.charCount(text.codePointAt(from));
    while (i < text.length() && !begins(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i;
  }

  /**
   * Returns whether a code point certainly neither reorders nor composes with what precedes it: the
   * first character of its full decomposition is not a mark (only marks have a nonzero combining
   * class), a vowel or final jamo, or a Kirat Rai vowel sign, the only letter that composes with a
   * preceding letter.
   */
  static boolean begins(int c) {
    if (c < 0x300 || (c >= 0xAC00 && c <= 0xD7A3)) {
      return true; // The common case; the decompositions of these also begin with a letter.
    }
    String decomposed = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD);
    int first = decomposed.codePointAt(0);
    return switch (Character.getType(first)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          false;
      default -> (first < 0x1160 || first > 0x11FF) && first != KIRAT_RAI_VOWEL_SIGN_E;
    };
  }
}
