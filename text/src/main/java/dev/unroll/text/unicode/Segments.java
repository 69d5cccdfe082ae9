package dev.unroll.text.unicode;

import java.text.Normalizer;

/**
 * The parts of a text that normalize independently of each other. They are not the grapheme
 * clusters: the letters ㄱ and ㅏ are two clusters, and one syllable in form NFKC.
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
   * Returns whether a code point certainly neither moves before what precedes it nor composes with
   * it: the first character of its full decomposition is no mark (only marks have a combining class
   * other than 0), no vowel or final jamo, and no Kirat Rai vowel sign, the one letter that
   * composes with a letter before it.
   */
  static boolean begins(int c) {
    if (c < 0x300 || (c >= 0xAC00 && c <= 0xD7A3)) {
      return true; // Most of what there is; what decomposes among them begins with a letter, too.
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
