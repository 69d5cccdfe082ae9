package dev.unroll.text.read;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** Guesses the encoding of text that is not UTF-8, for error messages only. */
final class Encodings {
  private static final String CP949 = "x-windows-949";
  private static final int FEWEST = 8;

  /** The first bytes of UTF-32LE with a byte order mark; UTF-16LE begins with half of it. */
  private static final int MARK_OF_UTF_32 = 0xFFFE0000;

  private Encodings() {}

  /**
   * Returns whether the first bytes of a file are Latin letters in UTF-16, or UTF-32. They may be
   * valid UTF-8 as well, but with U+0000 between the letters.
   */
  static boolean isWide(ByteBuffer bytes) {
    return isUtf16(bytes) || isUtf32(bytes, false) || isUtf32(bytes, true);
  }

  /** Returns whether each four bytes are a code point, in little-endian or big-endian order. */
  private static boolean isUtf32(ByteBuffer bytes, boolean lowFirst) {
    for (int i = 0; i + 3 < bytes.limit(); i += 4) {
      int c = lowFirst ? Integer.reverseBytes(bytes.getInt(i)) : bytes.getInt(i);
      if (c <= 0 || c > Character.MAX_CODE_POINT) {
        return false;
      }
    }
    return bytes.limit() >= FEWEST;
  }

  private static boolean isUtf16(ByteBuffer bytes) {
    return bytes.limit() >= FEWEST && (zeros(bytes, 0) || zeros(bytes, 1));
  }

  /** Returns whether one byte of each pair is always 0, and the other never. */
  private static boolean zeros(ByteBuffer bytes, int which) {
    for (int i = 0; i < bytes.limit() / 2 * 2; i++) {
      if ((bytes.get(i) == 0) != (i % 2 == which)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns a hint about the encoding of bytes; empty if they are not recognized.
   *
   * @param begin whether these are the first bytes of a file
   */
  static String likely(ByteBuffer bytes, boolean begin) {
    String name = "";
    if (begin && (isMarkOfUtf32(bytes) || isUtf32(bytes, true))) {
      name = "UTF-32LE";
    } else if (begin && isUtf32(bytes, false)) {
      name = "UTF-32BE";
    } else if (mark(bytes, begin) == 0xFFFE || (isUtf16(bytes) && zeros(bytes, 1))) {
      name = "UTF-16LE";
    } else if (mark(bytes, begin) == 0xFEFF || isUtf16(bytes)) {
      name = "UTF-16BE";
    } else if (isKorean(bytes)) {
      name = "CP949 (" + CP949 + ", EUC-KR)";
    } else if (isWestern(bytes)) {
      name = "windows-1252 (ISO-8859-1, Latin-1)";
    }
    return name.isEmpty() ? "" : "; it looks like " + name;
  }

  private static int mark(ByteBuffer bytes, boolean begin) {
    return begin && bytes.limit() > 1 ? bytes.getChar(0) : 0;
  }

  private static boolean isMarkOfUtf32(ByteBuffer bytes) {
    return bytes.limit() > 3 && bytes.getInt(0) == MARK_OF_UTF_32;
  }

  /** Returns whether most non-ASCII bytes would be Latin letters next to others. */
  private static boolean isWestern(ByteBuffer bytes) {
    String text = StandardCharsets.ISO_8859_1.decode(bytes.duplicate().position(0)).toString();
    String utf8 = StandardCharsets.UTF_8.decode(bytes.duplicate().position(0)).toString();
    long damaged = utf8.chars().filter(c -> c == '\uFFFD').count();
    long others = text.chars().filter(c -> c >= 0x80).count();
    long letters =
        IntStream.range(0, text.length())
            .filter(i -> text.charAt(i) >= 0xC0 && (isLatin(text, i - 1) || isLatin(text, i + 1)))
            .count();
    // In UTF-8 with a damaged byte, most sequences are intact.
    boolean whole = utf8.chars().filter(c -> c >= 0x80).count() - damaged >= damaged;
    return bytes.limit() >= FEWEST && !whole && 2 * letters >= others;
  }

  private static boolean isLatin(String text, int i) {
    return i >= 0
        && i < text.length()
        && text.charAt(i) < 0x80
        && Character.isLetter(text.charAt(i));
  }

  /** Returns whether all bytes are valid CP949, and most non-ASCII characters are Hangul. */
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
