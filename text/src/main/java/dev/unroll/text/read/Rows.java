package dev.unroll.text.read;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.unroll.files.FileErrors;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The rows of a table, as FastCSV reads them; its errors say at which line a row begins. */
final class Rows implements Iterator<Row>, AutoCloseable {
  private static final Pattern FRACTION = Pattern.compile("[+-]?\\d*[.,]\\d+([eE][+-]?\\d+)?");

  /** Half of a character: no field begins with it, so that none is enclosed. */
  private static final char NO_QUOTE = '\uDC00';

  private static final int FEW_FIELDS = 1 << 10;

  private final String name;
  private final boolean hasNames;
  private final CsvReader<CsvRecord> csv;
  private final Iterator<CsvRecord> records;
  private boolean begun;
  private List<String> names = List.of();

  Rows(String name, Reader reader, Tables form) {
    this.name = name;
    hasNames = form.hasNames();
    int longest = form.bytes().longestLine();
    CsvRecordHandler limits =
        CsvRecordHandler.of(
            c ->
                c.maxFields(Math.max(FEW_FIELDS, longest / 16))
                    .maxFieldSize(longest)
                    .maxRecordSize(longest));
    csv =
        CsvReader.builder()
            .fieldSeparator(form.separator())
            .quoteCharacter(form.quotes() == Quotes.ENCLOSE ? '"' : NO_QUOTE)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(longest)
            .build(limits, reader);
    records = csv.iterator();
  }

  @Override
  public boolean hasNext() {
    boolean more = guarded(records::hasNext);
    if (!begun && hasNames && more) {
      begun = true;
      names = checked(row());
      more = guarded(records::hasNext);
    }
    return more;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return row();
  }

  private Row row() {
    CsvRecord r = guarded(records::next);
    return new Row(name + ":" + r.getStartingLineNumber(), names, r.getFields());
  }

  private <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(e.getCause()); // It says what is wrong, and where.
    } catch (CsvParseException e) {
      String said = FileErrors.shown(String.valueOf(e.getMessage()));
      throw new UncheckedIOException(new IOException(name + ": " + said, e));
    }
  }

  private static List<String> checked(Row first) {
    boolean letters =
        first.fields().stream().anyMatch(f -> f.codePoints().anyMatch(Character::isLetter));
    for (String f : first.fields()) {
      if (!letters || FRACTION.matcher(f.strip()).matches()) {
        throw new UncheckedIOException(
            new IOException(
                first.where()
                    + ": expected the names of the columns, got "
                    + FileErrors.shown(first.fields().toString())
                    + "; read the table without names if it has none"));
      }
    }
    return first.fields();
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
