package dev.unroll.examples.series;

import dev.unroll.text.read.Row;
import dev.unroll.text.read.Tables;
import dev.unroll.text.read.Utf8;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The format of a file with a time and a value per line. What the options leave open is detected
 * from all lines and printed; if that fails, an error asks for the option.
 */
final class SeriesFormat {
  /** Notations of missing values. */
  private static final Set<String> MISSING =
      Set.of("nan", "na", "n/a", "null", "none", "inf", "infinity");

  /** Java's parser also accepts suffixes and hexadecimal numbers. */
  private static final Pattern NUMBER = Pattern.compile("[0-9eE+.,-]+");

  /** The separator of time and value. */
  enum Separator {
    COMMA,
    SEMICOLON,
    TAB;

    private char character() {
      return switch (this) {
        case COMMA -> ',';
        case SEMICOLON -> ';';
        case TAB -> '\t';
      };
    }
  }

  /** The decimal mark of a value. */
  enum Decimal {
    POINT,
    COMMA
  }

  /** Whether the first line names the columns. */
  enum Header {
    YES,
    NO
  }

  @Option(
      names = "--separator",
      paramLabel = "NAME",
      description = "The separator of time and value: comma, semicolon, tab (default: detected).")
  private @Nullable Separator separator;

  @Option(
      names = "--decimal",
      paramLabel = "NAME",
      description = "The decimal mark: point, comma (default: detected).")
  private @Nullable Decimal decimal;

  @Option(
      names = "--header",
      paramLabel = "NAME",
      description = "Whether the first line names the columns: yes, no (default: detected).")
  private @Nullable Header header;

  /**
   * Reads a series.
   *
   * @param out receives a line on the format
   * @throws IOException if a value is not a number, the format is not recognized, or there are
   *     fewer than {@code fewest} values; the message names the line
   */
  Series read(Path file, int fewest, PrintStream out) throws IOException {
    Separator between = separator == null ? separatorOf(file) : separator;
    List<Row> rows = rows(file, between);
    Decimal mark = decimal == null ? decimalOf(file, rows) : decimal;
    boolean named = header == Header.YES;
    if (header == null && !rows.isEmpty()) {
      named = isHeader(rows.getFirst(), mark);
    }
    List<String> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (Row row : rows.subList(named ? 1 : 0, rows.size())) {
      times.add(row.field(0));
      values.add(number(row, mark));
    }
    String name = String.valueOf(file.getFileName());
    if (values.size() < fewest) {
      throw new IOException(
          file + ": has " + values.size() + " values, expected at least " + fewest);
    }
    out.printf(
        "%s: %s between time and value, decimal %s, %s%n",
        name, shown(between), shown(mark), named ? "a header" : "no header");
    return new Series(name, times, values);
  }

  /** Returns an option's name of a value. */
  private static String shown(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the separator of time and value: a comma only if there is no other. */
  private static Separator separatorOf(Path file) throws IOException {
    for (Separator s : List.of(Separator.TAB, Separator.SEMICOLON)) {
      try (Stream<String> lines = Utf8.STRICT.lines(file)) {
        if (lines.filter(l -> !l.isEmpty()).allMatch(l -> l.indexOf(s.character()) >= 0)) {
          return s;
        }
      }
    }
    return Separator.COMMA;
  }

  /** Returns the rows of a file; each has a time and a value. */
  private static List<Row> rows(Path file, Separator separator) throws IOException {
    List<Row> all;
    try (Stream<Row> rows = Tables.separatedBy(separator.character()).read(file)) {
      all = rows.toList();
    }
    for (Row row : all) {
      if (row.fields().size() != 2) {
        throw new IOException(
            "%s: expected a time and a value, got %d fields between %ss; use --separator to specify the separator"
                .formatted(row.where(), row.fields().size(), shown(separator)));
      }
    }
    return all;
  }

  private static Decimal decimalOf(Path file, List<Row> rows) throws IOException {
    List<String> values = rows.stream().skip(1).map(r -> r.field(1)).toList();
    boolean commas = values.stream().anyMatch(v -> v.indexOf(',') >= 0);
    if (commas && values.stream().anyMatch(v -> v.indexOf('.') >= 0)) {
      throw new IOException(
          file
              + ": has values with commas and with points; use --decimal to specify the decimal mark");
    }
    return commas ? Decimal.COMMA : Decimal.POINT;
  }

  private static boolean isHeader(Row first, Decimal mark) throws IOException {
    String value = first.field(1);
    try {
      number(first, mark);
      return false;
    } catch (IOException e) {
      String name = value.strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && Character.isLetter(name.codePointAt(0)) && !MISSING.contains(name)) {
        return true;
      }
      throw new IOException(
          "%s: \"%s\" is neither a number with a decimal %s nor a name; use --header to specify whether the first line names the columns"
              .formatted(first.where(), value, shown(mark)),
          e);
    }
  }

  private static double number(Row row, Decimal mark) throws IOException {
    String text = row.field(1).strip();
    if (NUMBER.matcher(text).matches() && text.indexOf(mark == Decimal.COMMA ? '.' : ',') < 0) {
      try {
        double value = Double.parseDouble(text.replace(',', '.'));
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Reported below, like numbers that are not finite.
      }
    }
    throw new IOException(
        "%s: expected a number with a decimal %s, got \"%s\""
            .formatted(row.where(), shown(mark), row.field(1)));
  }
}
