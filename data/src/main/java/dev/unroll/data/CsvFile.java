package dev.unroll.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.unroll.files.FileErrors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads tables from CSV files by FastCSV. */
final class CsvFile {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path file;
  private final List<String> names;
  private final List<List<@Nullable String>> cells = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();

  private CsvFile(Path file, Iterator<CsvRecord> records) throws IOException {
    this.file = file;
    if (!records.hasNext()) {
      throw new IOException("[table] expected a header in " + file + ", got an empty file");
    }
    names = records.next().getFields().stream().map(String::strip).toList();
    names.forEach(_ -> cells.add(new ArrayList<>()));
    checkNames();
    while (records.hasNext()) {
      add(records.next());
    }
  }

  static CsvFile read(Path file, char separator) throws IOException {
    try (Reader text = open(file);
        CsvReader<CsvRecord> csv =
            CsvReader.builder()
                .fieldSeparator(separator)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
      return new CsvFile(file, csv.iterator());
    } catch (UncheckedIOException e) {
      throw named(file, Objects.requireNonNull(e.getCause()));
    } catch (CsvParseException e) {
      String message = FileErrors.escape(String.valueOf(e.getMessage()));
      throw new IOException("[table] expected CSV in " + file + ", got an error: " + message, e);
    }
  }

  private static Reader open(Path file) throws IOException {
    Reader text = null;
    try {
      // A decoder of its own reports malformed bytes; one from a Charset replaces them.
      text =
          new BufferedReader(
              new InputStreamReader(
                  Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()));
      text.mark(1);
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
      return text;
    } catch (IOException e) {
      if (text != null) {
        text.close();
      }
      throw named(file, e);
    }
  }

  private static IOException named(Path file, IOException e) {
    return e instanceof CharacterCodingException
        ? new IOException("[table] expected UTF-8 in " + file + ", got another encoding", e)
        : FileErrors.named(file, "cannot be read", e);
  }

  private void checkNames() throws IOException {
    List<String> seen = new ArrayList<>();
    for (String name : names) {
      if (name.isEmpty() || seen.contains(name)) {
        throw new IOException(
            "[table] expected a header of different names in "
                + file
                + ", got "
                + (name.isEmpty() ? "an empty one" : FileErrors.quoted(name) + " twice")
                + ": "
                + FileErrors.escape(names.toString()));
      }
      seen.add(name);
    }
  }

  private void add(CsvRecord row) throws IOException {
    List<String> fields = row.getFields();
    if (fields.size() != names.size()) {
      throw new IOException(
          "[table] expected "
              + names.size()
              + " fields in "
              + file
              + ":"
              + row.getStartingLineNumber()
              + ", as in the header, got "
              + fields.size());
    }
    for (int i = 0; i < names.size(); i++) {
      String cell = fields.get(i);
      cells.get(i).add(cell.isBlank() ? null : cell);
    }
    lines.add((int) row.getStartingLineNumber());
  }

  /** Returns the columns by name, in order. */
  Map<String, Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    IntStream.range(0, names.size())
        .forEach(i -> columns.put(names.get(i), CsvCells.column(cells.get(i))));
    return columns;
  }

  /** Returns the file and the line of each row. */
  Origin origin() {
    return new Origin(file + ":", lines.stream().mapToInt(i -> i).toArray());
  }
}
