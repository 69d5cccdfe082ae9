package dev.unroll.text.read;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/** Guesses, for messages only, which encoding a text is in that is not UTF-8. */
final class Encodings {
  private static final String CP949 = "x-windows-949";
  private static final int FEWEST = 8;

  private Encodings() {}

  /**
   * Returns whether bytes that begin a file are UTF-16 of Latin letters, which is UTF-8, too, but
   * of letters with U+0000 between.
   */
  static boolean isUtf16(ByteBuffer bytes) {
    return bytes.limit() >= FEWEST && (zeros(bytes, 0) || zeros(bytes, 1));
  }

  /** Returns whether of two bytes one is always 0, and the other never. */
  private static boolean zeros(ByteBuffer bytes, int which) {
    for (int i = 0; i < bytes.limit() / 2 * 2; i++) {
      if ((bytes.get(i) == 0) != (i % 2 == which)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns what to say of bytes; empty if they look like nothing that is known here.
   *
   * @param begin whether they begin a file
   */
  static String likely(ByteBuffer bytes, boolean begin) {
    String name = "";
    if (mark(bytes, begin) == 0xFFFE || (isUtf16(bytes) && zeros(bytes, 1))) {
      name = "UTF-16LE";
    } else if (mark(bytes, begin) == 0xFEFF || isUtf16(bytes)) {
      name = "UTF-16BE";
    } else if (isKorean(bytes)) {
      name = "CP949 (" + CP949 + ", EUC-KR)";
    }
    return name.isEmpty() ? "" : "; it looks like " + name;
  }

  private static int mark(ByteBuffer bytes, boolean begin) {
    return begin && bytes.limit() > 1 ? bytes.getChar(0) : 0;
  }

  /** Returns whether they are CP949 throughout, and most of what is not ASCII is Hangul. */
  private static boolean isKorean(ByteBuffer bytes) {
    if (!Charset.isSupported(CP949)) {
      return false;
    }
    CharBuffer text = CharBuffer.allocate(bytes.limit() + 1);
    boolean wrong =
        Charset.forName(CP949)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(bytes.duplicate().position(0), text, false)
            .isError();
    text.flip();
    long hangul = text.chars().filter(c -> c >= 0xAC00 && c <= 0xD7A3).count();
    long others = text.chars().filter(c -> c >= 0x80).count() - hangul;
    return !wrong && hangul > others;
  }
}
