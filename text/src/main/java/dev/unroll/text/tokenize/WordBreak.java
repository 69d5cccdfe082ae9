package dev.unroll.text.tokenize;

import java.lang.Character.UnicodeScript;

/**
 * The property Word_Break of Unicode Standard Annex 29, table 3, derived from the properties that
 * the JDK provides.
 */
enum WordBreak {
  CR,
  LF,
  NEWLINE,
  ZWJ,
  EXTEND,
  FORMAT,
  REGIONAL_INDICATOR,
  KATAKANA,
  HEBREW_LETTER,
  LETTER,
  SINGLE_QUOTE,
  DOUBLE_QUOTE,
  MID_NUM_LET,
  MID_LETTER,
  MID_NUM,
  NUMERIC,
  EXTEND_NUM_LET,
  SPACE,
  OTHER;

  /** Letters that are not alphabetic, such as modifiers, as ranges. */
  private static final String MORE_LETTERS =
      "\u02C2\u02C5\u02D2\u02D7\u02DE\u02DF\u02E5\u02EB\u02ED\u02ED\u02EF\u02FF\u055A\u055C\u055E"
          + "\u055E\u058A\u058A\u05F3\u05F3\u070F\u070F\uA708\uA716\uA720\uA721\uA789\uA78A\uAB5B"
          + "\uAB5B";

  private static final String MID_NUM_LETS = ".\u2018\u2019\u2024\uFE52\uFF07\uFF0E";
  private static final String MID_LETTERS = ":\u00B7\u0387\u055F\u05F4\u2027\uFE13\uFE55\uFF1A";
  private static final String MID_NUMS =
      ",;\u037E\u0589\u060C\u060D\u066C\u07F8\u2044\uFE10\uFE14\uFE50\uFE54\uFF0C\uFF1B";

  /** Prefix signs of numbers: years, verses, sums. */
  private static final String NUMBER_SIGNS =
      "\u0600\u0601\u0602\u0603\u0604\u0605\u06DD\u0890\u0891\u08E2";

  private static final String KATAKANAS =
      "\u3031\u3032\u3033\u3034\u3035\u309B\u309C\u30A0\u30FC\uFF70";

  static WordBreak of(int c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xAC00 && c <= 0xD7A3)) {
      return LETTER;
    }
    if (c == ' ') {
      return SPACE;
    }
    return c < 0x10000 ? basic(c) : supplementary(c);
  }

  private static WordBreak basic(int c) {
    return switch (c) {
      case '\r' -> CR;
      case '\n' -> LF;
      case 0x0B, 0x0C, 0x85, 0x2028, 0x2029 -> NEWLINE;
      case 0x200D -> ZWJ;
      case '\'' -> SINGLE_QUOTE;
      case '"' -> DOUBLE_QUOTE;
      case 0x202F -> EXTEND_NUM_LET;
      case 0x200C, 0xFF9E, 0xFF9F -> EXTEND;
      case 0x200B -> OTHER;
      case 0x066B -> NUMERIC;
      default -> {
        if (MID_NUM_LETS.indexOf(c) >= 0) {
          yield MID_NUM_LET;
        } else if (MID_LETTERS.indexOf(c) >= 0) {
          yield MID_LETTER;
        } else if (MID_NUMS.indexOf(c) >= 0) {
          yield MID_NUM;
        } else if (KATAKANAS.indexOf(c) >= 0) {
          yield KATAKANA;
        } else if (NUMBER_SIGNS.indexOf(c) >= 0) {
          yield NUMERIC;
        } else {
          yield isIn(MORE_LETTERS, c) ? LETTER : byProperty(c);
        }
      }
    };
  }

  private static boolean isIn(String ranges, int c) {
    for (int i = 0; i < ranges.length(); i += 2) {
      if (c >= ranges.charAt(i) && c <= ranges.charAt(i + 1)) {
        return true;
      }
    }
    return false;
  }

  private static WordBreak supplementary(int c) {
    if (c >= 0x1F1E6 && c <= 0x1F1FF) {
      return REGIONAL_INDICATOR;
    }
    if (c >= 0x1F3FB && c <= 0x1F3FF) {
      return EXTEND; // skin tones
    }
    return c == 0x110BD || c == 0x110CD ? NUMERIC : byProperty(c);
  }

  private static WordBreak byProperty(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          EXTEND;
      case Character.FORMAT -> FORMAT;
      case Character.DECIMAL_DIGIT_NUMBER -> NUMERIC;
      case Character.CONNECTOR_PUNCTUATION -> EXTEND_NUM_LET;
      case Character.SPACE_SEPARATOR -> c == 0xA0 || c == 0x2007 ? OTHER : SPACE;
      default -> letter(c);
    };
  }

  private static WordBreak letter(int c) {
    if (!Character.isAlphabetic(c) || Character.isIdeographic(c)) {
      return OTHER;
    }
    return switch (UnicodeScript.of(c)) {
      case KATAKANA -> KATAKANA;
      case HEBREW -> Character.getType(c) == Character.OTHER_LETTER ? HEBREW_LETTER : LETTER;
      case HIRAGANA -> OTHER;
      // Scripts without spaces between words: finding boundaries takes a dictionary.
      case THAI, LAO, KHMER, MYANMAR, TAI_LE, NEW_TAI_LUE, TAI_THAM, TAI_VIET, AHOM -> OTHER;
      default -> LETTER;
    };
  }

  /** Returns whether the character extends the preceding one. */
  boolean isIgnored() {
    return this == EXTEND || this == FORMAT || this == ZWJ;
  }

  boolean isNewline() {
    return this == CR || this == LF || this == NEWLINE;
  }

  boolean isLetter() {
    return this == LETTER || this == HEBREW_LETTER;
  }

  boolean isMiddleOfLetters() {
    return this == MID_LETTER || this == MID_NUM_LET || this == SINGLE_QUOTE;
  }

  boolean isMiddleOfNumbers() {
    return this == MID_NUM || this == MID_NUM_LET || this == SINGLE_QUOTE;
  }
}
