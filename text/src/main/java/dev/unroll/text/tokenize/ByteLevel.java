package dev.unroll.text.tokenize;

import dev.unroll.text.unicode.WhiteSpace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Maps bytes to visible characters, and splits words as GPT-2 does (Radford et al. 2019, "Language
 * models are unsupervised multitask learners"): a word includes the space before it, so that
 * nothing is lost.
 */
final class ByteLevel {
  private static final char[] CHARACTER = new char[256];
  private static final int[] BYTE = new int[512];

  static {
    Arrays.fill(BYTE, -1);
    int others = 256;
    for (int b = 0; b < 256; b++) {
      boolean seen = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      CHARACTER[b] = (char) (seen ? b : others++);
      BYTE[CHARACTER[b]] = b;
    }
  }

  private ByteLevel() {}

  /** Returns the character of a byte. */
  static char character(int b) {
    return CHARACTER[b & 0xFF];
  }

  /** Returns the visible characters of bytes. */
  static String visible(byte... bytes) {
    StringBuilder seen = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      seen.append(character(b));
    }
    return seen.toString();
  }

  /**
   * Returns the text that tokens encode; characters that represent no byte are unchanged, malformed
   * UTF-8 becomes U+FFFD.
   */
  static String decode(Iterable<String> tokens) {
    ByteBuffer bytes = ByteBuffer.allocate(64);
    for (String t : tokens) {
      for (int i = 0; i < t.length(); i++) {
        char c = t.charAt(i);
        byte[] own =
            c < BYTE.length && BYTE[c] >= 0
                ? new byte[] {(byte) BYTE[c]}
                : String.valueOf(c).getBytes(StandardCharsets.UTF_8);
        if (bytes.remaining() < own.length) {
          bytes = ByteBuffer.allocate(2 * bytes.capacity()).put(bytes.flip());
        }
        bytes.put(own);
      }
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  /**
   * Returns the end of the word that begins here: {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+|
   * ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}.
   */
  static int wordEnd(String text, int from) {
    int c = text.codePointAt(from);
    if (c == '\'') {
      int end = contraction(text, from + 1);
      if (end > 0) {
        return end;
      }
    }
    int at = from;
    if (c == ' ' && from + 1 < text.length() && kind(text.codePointAt(from + 1)) != SPACE) {
      at++;
      c = text.codePointAt(at);
    }
    int kind = kind(c);
    int end = at;
    int last = at;
    while (end < text.length() && kind(text.codePointAt(end)) == kind) {
      last = end;
      end += Character.charCount(text.codePointAt(end));
    }
    // The last space before a word belongs to the word.
    return kind == SPACE && end < text.length() && last > from ? last : end;
  }

  private static int contraction(String text, int at) {
    for (String c : new String[] {"s", "t", "re", "ve", "m", "ll", "d"}) {
      if (text.startsWith(c, at)) {
        return at + c.length();
      }
    }
    return -1;
  }

  private static final int LETTER = 0;
  private static final int NUMBER = 1;
  private static final int SPACE = 2;
  private static final int OTHER = 3;

  private static int kind(int c) {
    if ((c >= 'a' && c <= 'z') || (c >= 0xAC00 && c <= 0xD7A3)) {
      return LETTER;
    }
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER ->
          LETTER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          NUMBER;
      default -> WhiteSpace.is(c) ? SPACE : OTHER;
    };
  }
}
