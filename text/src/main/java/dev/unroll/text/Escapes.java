package dev.unroll.text;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Escapes tokens for one line of text: {@code \n \t \s \\}, and <code>\{1F600}</code> for
 * unprintable characters.
 */
final class Escapes {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:\\{([0-9A-F]{1,6})}|.|$)");

  private Escapes() {}

  static String escape(String token) {
    StringBuilder b = new StringBuilder();
    token
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '\n' -> b.append("\\n");
            case '\t' -> b.append("\\t");
            case ' ' -> b.append("\\s");
            case '\\' -> b.append("\\\\");
            default -> {
              if (visible(c)) {
                b.appendCodePoint(c);
              } else {
                b.append("\\{").append(Integer.toHexString(c).toUpperCase(Locale.ROOT)).append('}');
              }
            }
          }
        });
    return b.toString();
  }

  private static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /**
   * Reverses {@link #escape}.
   *
   * @throws IllegalArgumentException if an escape is not one that {@link #escape} produces
   */
  static String unescape(String line) {
    return ESCAPE.matcher(line).replaceAll(m -> Matcher.quoteReplacement(character(m)));
  }

  private static String character(MatchResult escape) {
    String code = escape.group(1);
    return switch (escape.group()) {
      case "\\n" -> "\n";
      case "\\t" -> "\t";
      case "\\s" -> " ";
      case "\\\\" -> "\\";
      default -> {
        if (code == null) {
          throw new IllegalArgumentException("unknown escape at " + escape.start());
        }
        yield Character.toString(Integer.parseInt(code, 16));
      }
    };
  }
}
