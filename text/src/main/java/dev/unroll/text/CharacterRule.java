package dev.unroll.text;

import java.util.Locale;

/** Normalizers that rewrite each character by itself. */
enum CharacterRule implements Normalizer {
  LOWER_CASE {
    @Override
    String of(int c) {
      return Character.toString(c).toLowerCase(Locale.ROOT);
    }
  },
  WITHOUT_ACCENTS {
    @Override
    String of(int c) {
      return Character.getType(c) == Character.NON_SPACING_MARK ? "" : Character.toString(c);
    }
  },
  WITHOUT_MARKS {
    @Override
    String of(int c) {
      return switch (Character.getType(c)) {
        case Character.NON_SPACING_MARK,
            Character.ENCLOSING_MARK,
            Character.COMBINING_SPACING_MARK ->
            "";
        default -> Character.toString(c);
      };
    }
  },
  WITHOUT_CONTROLS {
    @Override
    String of(int c) {
      return switch (Character.getType(c)) {
        case Character.CONTROL -> "\t\n\r".indexOf(c) >= 0 ? Character.toString(c) : "";
        case Character.FORMAT -> "";
        default -> Character.toString(c);
      };
    }
  },
  ZERO_DIGITS {
    @Override
    String of(int c) {
      return Character.isDigit(c) ? "0" : Character.toString(c);
    }
  };

  /** Returns how a code point is rewritten. */
  abstract String of(int c);

  @Override
  public void rewrite(String text, Output out) {
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      int end = i + Character.charCount(c);
      out.put(of(c), i, end);
      i = end;
    }
  }
}
