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
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The rows of a table, read by FastCSV; errors name the line at which a row begins. */
final class Rows implements Iterator<Row>, AutoCloseable {
  private static final Pattern FRACTION = Pattern.compile("[+-]?\\d*[.,]\\d+([eE][+-]?\\d+)?");

  /** An unpaired surrogate: no field begins with it, so that no field is enclosed. */
  private static final char NO_QUOTE = '\uDC00';

  private static final int FEW_FIELDS = 1 << 10;
  private static final String SEPARATORS = ",;\t|";

  private final String name;
  private final boolean hasNames;
  private final char separator;
  private final CsvReader<CsvRecord> csv;
  private final Iterator<CsvRecord> records;
  private boolean begun;
  private List<String> names = List.of();

  Rows(String name, Reader reader, Tables form) {
    this.name = name;
    hasNames = form.hasNames();
    separator = form.separator();
    int longest = form.bytes().longestLine();
    CsvRecordHandler limits =
        CsvRecordHandler.of(c ->
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
    Row row = new Row(name + ":" + r.getStartingLineNumber(), names, r.getFields());
    if (!names.isEmpty() && names.size() != row.fields().size()) {
      throw wrong(
          row,
          "expected "
              + names.size()
              + " fields, as many as there are names, got "
              + row.fields().size()
              + hint(row));
    }
    return row;
  }

  private static UncheckedIOException wrong(Row row, String what) {
    return Utf8.unchecked(new IOException(row.where() + ": " + what));
  }

  /**
   * Returns a hint, for a row of one field, which other separator the table may have; empty if
   * there is none.
   */
  private String hint(Row row) {
    for (int i = 0; i < SEPARATORS.length() && row.fields().size() == 1; i++) {
      String other = SEPARATORS.substring(i, i + 1);
      if (other.charAt(0) != separator && row.fields().getFirst().contains(other)) {
        return "; the separator may be "
            + FileErrors.quoted(other)
            + " rather than "
            + FileErrors.quoted(String.valueOf(separator));
      }
    }
    return "";
  }

  private <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (UncheckedIOException e) {
      // The cause has the error and its position.
      throw Utf8.unchecked(Objects.requireNonNull(e.getCause()));
    } catch (CsvParseException e) {
      String said = FileErrors.escape(String.valueOf(e.getMessage()));
      throw Utf8.unchecked(new IOException(name + ": " + said, e));
    }
  }

  private List<String> checked(Row first) {
    boolean letters =
        first.fields().stream().anyMatch(f -> f.codePoints().anyMatch(Character::isLetter));
    for (String f : first.fields()) {
      if (!letters || FRACTION.matcher(f.strip()).matches()) {
        throw wrong(
            first,
            "expected the names of the columns, got "
                + FileErrors.escape(first.fields().toString())
                + "; read the table without names if it has none");
      }
    }
    checkNames(first);
    return first.fields();
  }

  /** Several columns may be unnamed, as spreadsheets append them. */
  private void checkNames(Row first) {
    String hint = hint(first);
    if (!hint.isEmpty()) {
      throw wrong(
          first,
          "expected the names of the columns, got only "
              + FileErrors.quoted(first.fields().getFirst())
              + hint);
    }
    Set<String> seen = new HashSet<>();
    for (String f : first.fields()) {
      if (!f.isEmpty() && !seen.add(f)) {
        throw wrong(first, "two columns are named " + FileErrors.quoted(f));
      }
    }
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
