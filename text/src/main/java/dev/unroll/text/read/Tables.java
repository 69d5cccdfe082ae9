package dev.unroll.text.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Tables in text files: a row is read when it is asked for. Empty lines are left out.
 *
 * <pre>{@code
 * try (Stream<Row> rows = Tables.commas().named().read(file)) {
 *   rows.forEach(r -> use(r.field("text"), r.field("label")));
 * }
 * }</pre>
 *
 * <p>Without names, rows may have any number of fields.
 *
 * @param separator between fields
 * @param hasNames whether the first row names the columns
 * @param quotes what a quotation mark means
 * @param bytes how bytes are read, and how long a row may be
 */
public record Tables(char separator, boolean hasNames, Quotes quotes, Utf8 bytes) {

  /**
   * Checks the separator.
   *
   * @throws IllegalArgumentException if it is a quotation mark or ends a line
   */
  public Tables {
    if ("\"\r\n".indexOf(separator) >= 0) {
      throw new IllegalArgumentException(
          "[tables] a separator is no quotation mark and no end of a line");
    }
  }

  /** Returns tables with commas between fields, quoted as RFC 4180 has it, and no names. */
  public static Tables commas() {
    return separatedBy(',');
  }

  /** Returns tables with tabs between fields, quoted as RFC 4180 has it, and no names. */
  public static Tables tabs() {
    return separatedBy('\t');
  }

  /**
   * Returns tables with semicolons between fields, as spreadsheets write them where a comma is the
   * decimal mark; quoted as RFC 4180 has it, and without names.
   */
  public static Tables semicolons() {
    return separatedBy(';');
  }

  /** Returns tables with another separator, quoted as RFC 4180 has it, and no names. */
  public static Tables separatedBy(char separator) {
    return new Tables(separator, false, Quotes.ENCLOSE, Utf8.STRICT);
  }

  /**
   * Returns the same whose first row names the columns. A first row that names nothing, because it
   * has no letters or has a number with a fraction in it, is refused, rather than lost; so are a
   * name that comes twice, a single name with another usual separator in it (comma, semicolon, tab
   * or {@code |}), and later a row with more or fewer fields than there are names.
   */
  public Tables named() {
    return new Tables(separator, true, quotes, bytes);
  }

  /** Returns the same where a quotation mark is a character like any other. */
  public Tables unquoted() {
    return new Tables(separator, hasNames, Quotes.NONE, bytes);
  }

  /** Returns the same with bytes that are no UTF-8 replaced. */
  public Tables replacing() {
    return with(bytes.replacing());
  }

  /** Returns the same with bytes read in another way, or longer rows. */
  public Tables with(Utf8 reading) {
    return new Tables(separator, hasNames, quotes, reading);
  }

  /**
   * Reads a file. The stream is to be closed.
   *
   * @throws IOException if it cannot be opened; what is wrong later is an {@link
   *     UncheckedIOException} that names the file and the line
   */
  public Stream<Row> read(Path file) throws IOException {
    Rows rows = new Rows(file.toString(), bytes.open(file), this);
    Spliterator<Row> ordered =
        Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(ordered, false).onClose(() -> Utf8.close(rows));
  }
}
