package dev.unroll.text.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Lazily reads tables from text files. Empty lines are skipped.
 *
 * {@snippet class="snippets.ReadTest" region="Tables"}
 *
 * <p>Without names, rows may have any number of fields.
 *
 * @param separator the field separator
 * @param hasNames whether the first row names the columns
 * @param quotes the meaning of quotation marks
 * @param bytes how bytes are decoded, and the maximum length of a row
 */
public record Tables(char separator, boolean hasNames, Quotes quotes, Utf8 bytes) {

  /**
   * Checks the separator.
   *
   * @throws IllegalArgumentException if it is a quotation mark or a line end
   */
  public Tables {
    Objects.requireNonNull(quotes, "quotes");
    Objects.requireNonNull(bytes, "bytes");
    if ("\"\r\n".indexOf(separator) >= 0) {
      throw new IllegalArgumentException(
          "[tables] expected a separator other than a quotation mark or a line end");
    }
  }

  /** Returns tables with commas between fields, quoted according to RFC 4180, and no names. */
  public static Tables commas() {
    return separatedBy(',');
  }

  /** Returns tables with tabs between fields, quoted according to RFC 4180, and no names. */
  public static Tables tabs() {
    return separatedBy('\t');
  }

  /**
   * Returns tables with semicolons between fields, as spreadsheets write them in locales with a
   * decimal comma; quoted according to RFC 4180, and without names.
   */
  public static Tables semicolons() {
    return separatedBy(';');
  }

  /** Returns tables with another separator, quoted according to RFC 4180, and no names. */
  public static Tables separatedBy(char separator) {
    return new Tables(separator, false, Quotes.ENCLOSE, Utf8.STRICT);
  }

  /**
   * Returns a copy whose first row names the columns. A first row that looks like data, because it
   * has no letters or contains a decimal fraction, is rejected rather than lost; so are duplicate
   * names, a single name that contains another common separator (comma, semicolon, tab or {@code
   * |}), and later rows with more or fewer fields than names.
   */
  public Tables named() {
    return new Tables(separator, true, quotes, bytes);
  }

  /** Returns a copy in which quotation marks are ordinary characters. */
  public Tables unquoted() {
    return new Tables(separator, hasNames, Quotes.NONE, bytes);
  }

  /** Returns a copy that replaces malformed UTF-8. */
  public Tables replacing() {
    return with(bytes.replacing());
  }

  /** Returns a copy with another decoding or limit. */
  public Tables with(Utf8 reading) {
    return new Tables(separator, hasNames, quotes, reading);
  }

  /**
   * Reads a file. The stream must be closed.
   *
   * @throws IOException if it cannot be opened; later errors are {@link UncheckedIOException}s that
   *     name the file and the line
   */
  public Stream<Row> read(Path file) throws IOException {
    Rows rows = new Rows(file.toString(), bytes.open(file), this);
    Spliterator<Row> ordered =
        Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(ordered, false).onClose(() -> Utf8.close(rows));
  }
}
