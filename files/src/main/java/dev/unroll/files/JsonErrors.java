package dev.unroll.files;

import java.util.regex.Pattern;

/** What a parser of JSON says, without what only the parser's programmers understand. */
public final class JsonErrors {
  /**
   * Where a bracket was opened, settings by which something else would be accepted, their names.
   */
  private static final Pattern ASIDE =
      Pattern.compile(
          " ?\\(start marker at \\[[^\\]]*\\]\\)"
              + "| ?\\(not recognized as one since [^)]*\\)"
              + "|: enable `[^`]*` to allow"
              + "|, from `[^`]*`"
              + "| \\(bound as `[^`]*`\\)"
              + "|: not allowed as per `[^`]*`");

  private static final Pattern INNER = Pattern.compile("`|Feature|\\[Source|REDACTED");
  private static final String TRAILING = "Trailing token";

  private JsonErrors() {}

  /**
   * Returns a sentence about what is wrong, and where.
   *
   * @param message of the parser, without a place
   * @param line from 1; below 1 if it is not known, or if the caller names it
   * @param column from 1; below 1 if it is not known
   */
  public static String said(String message, int line, int column) {
    String plain =
        message.startsWith(TRAILING)
            ? "there is more after its end"
            : ASIDE.matcher(message).replaceAll("");
    String what =
        INNER.matcher(plain).find() ? "it does not follow the grammar" : FileErrors.shown(plain);
    return what
        + (line < 1 ? "" : ", at line " + line)
        + (column < 1 ? "" : (line < 1 ? ", at" : ",") + " column " + column);
  }
}
