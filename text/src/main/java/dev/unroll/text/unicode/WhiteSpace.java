package dev.unroll.text.unicode;

/** White space as Unicode defines it. */
public final class WhiteSpace {
  private WhiteSpace() {}

  /**
   * Returns whether a code point has the property White_Space (Unicode Standard Annex 44,
   * PropList.txt): separators of any kind, the controls from tab to carriage return, and next line.
   */
  public static boolean is(int c) {
    if (c < 0x1680) {
      return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0;
    }
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
