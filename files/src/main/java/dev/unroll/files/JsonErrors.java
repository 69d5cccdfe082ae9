package dev.unroll.files;

import java.util.regex.Pattern;

/** Turns a JSON parser's messages into ones for users, without details of the parser's API. */
public final class JsonErrors {
  /** Parts of a message that are dropped: start markers, and the names of parser settings. */
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
   * Returns a sentence on the error and its position.
   *
   * @param message the parser's message, without the position
   * @param line from 1; below 1 if it is unknown, or if the caller names it
   * @param column from 1; below 1 if it is unknown
   */
  public static String message(String message, int line, int column) {
    String plain =
        message.startsWith(TRAILING)
            ? "there is content after its end"
            : ASIDE.matcher(message).replaceAll("");
    String what = INNER.matcher(plain).find() ? "it is malformed" : FileErrors.escape(plain);
    return what
        + (line < 1 ? "" : ", at line " + line)
        + (column < 1 ? "" : (line < 1 ? ", at" : ",") + " column " + column);
  }
}
