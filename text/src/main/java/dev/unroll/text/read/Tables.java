package dev.unroll.text.read;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Tables in text files, fields quoted as RFC 4180 has it: a row is read when it is asked for.
 *
 * <pre>{@code
 * try (Stream<Row> rows = Tables.commas().named().read(file)) {
 *   rows.forEach(r -> use(r.field("text"), r.field("label")));
 * }
 * }</pre>
 *
 * @param separator between fields
 * @param hasNames whether the first row names the columns
 * @param bytes how bytes are read
 */
public record Tables(char separator, boolean hasNames, Utf8 bytes) {

  /** Returns tables with commas between fields, and no names. */
  public static Tables commas() {
    return new Tables(',', false, Utf8.STRICT);
  }

  /** Returns tables with tabs between fields, and no names. */
  public static Tables tabs() {
    return new Tables('\t', false, Utf8.STRICT);
  }

  /** Returns the same whose first row names the columns. */
  public Tables named() {
    return new Tables(separator, true, bytes);
  }

  /** Returns the same with bytes that are no UTF-8 replaced. */
  public Tables replacing() {
    return new Tables(separator, hasNames, Utf8.REPLACING);
  }

  /**
   * Reads a file. The stream is to be closed.
   *
   * @throws IOException if it cannot be opened; what is wrong later is an {@link
   *     UncheckedIOException} that names the file and the line
   */
  public Stream<Row> read(Path file) throws IOException {
    CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .ofCsvRecord(bytes.reader(file.toString(), Files.newInputStream(file)));
    Rows rows = new Rows(file, csv.iterator(), hasNames);
    Spliterator<Row> ordered = Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED);
    return StreamSupport.stream(ordered, false).onClose(() -> Utf8.close(csv));
  }

  /** Turns records into rows, and their errors into ours. */
  private static final class Rows implements Iterator<Row> {
    private final Path file;
    private final Iterator<CsvRecord> records;
    private final List<String> names;
    private long line;

    Rows(Path file, Iterator<CsvRecord> records, boolean named) {
      this.file = file;
      this.records = records;
      names = named && hasNext() ? next(r -> r).fields() : List.of();
    }

    @Override
    public boolean hasNext() {
      return guarded(records::hasNext);
    }

    @Override
    public Row next() {
      return next(r -> new Row(r.where(), names, r.fields()));
    }

    private Row next(UnaryOperator<Row> made) {
      CsvRecord r = guarded(records::next);
      line = r.getStartingLineNumber();
      return made.apply(new Row(file + ":" + line, List.of(), r.getFields()));
    }

    private <T> T guarded(Supplier<T> work) {
      try {
        return work.get();
      } catch (UncheckedIOException e) {
        throw new UncheckedIOException(e.getCause()); // It says what is wrong, and where.
      } catch (CsvParseException e) {
        throw new UncheckedIOException(
            new IOException(file + ", behind line " + line + ": " + e.getMessage(), e));
      }
    }
  }
}
