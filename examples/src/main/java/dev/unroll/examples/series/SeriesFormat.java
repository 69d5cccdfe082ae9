package dev.unroll.examples.series;

import dev.unroll.text.read.Row;
import dev.unroll.text.read.Tables;
import dev.unroll.text.read.Utf8;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
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

  /** The separator of time and value. */
  enum Separator {
    COMMA(','),
    SEMICOLON(';'),
    TAB('\t');

    private final char character;

    Separator(char character) {
      this.character = character;
    }
  }

  /** The decimal mark of a value. */
  enum Decimal {
    POINT('.'),
    COMMA(',');

    private final char character;

    Decimal(char character) {
      this.character = character;
    }
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

  SeriesFormat() {}

  SeriesFormat(@Nullable Separator separator, @Nullable Decimal decimal, @Nullable Header header) {
    this.separator = separator;
    this.decimal = decimal;
    this.header = header;
  }

  /** The detected or given format. */
  record Form(Separator separator, Decimal decimal, Header header) {
    @Override
    public String toString() {
      return shown(separator)
          + " between time and value, decimal "
          + shown(decimal)
          + ", "
          + (header == Header.YES ? "a header" : "no header");
    }

    /** Returns a value. */
    double number(Row row) throws IOException {
      String text = row.field(1).strip();
      try {
        boolean other = text.indexOf(decimal == Decimal.COMMA ? '.' : ',') >= 0;
        double value = Double.parseDouble(text.replace(decimal.character, '.'));
        if (Double.isFinite(value) && !other && isPlain(text)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Reported below, like numbers that are not finite.
      }
      throw new IOException(
          row.where()
              + ": expected a number with a decimal "
              + shown(decimal)
              + ", got \""
              + row.field(1)
              + "\"");
    }
  }

  /** Returns an option's name of a value. */
  private static String shown(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Java's parser also accepts suffixes and hexadecimal numbers. */
  private static boolean isPlain(String text) {
    return text.matches("[0-9eE+.,-]+");
  }

  /** Returns the rows of a file; each has a time and a value. */
  static List<Row> rows(Path file, Separator separator) throws IOException {
    List<Row> all = new ArrayList<>();
    try (Stream<Row> rows = Tables.separatedBy(separator.character).read(file)) {
      for (Row row : (Iterable<Row>) rows::iterator) {
        if (row.fields().size() != 2) {
          throw new IOException(
              row.where()
                  + ": expected a time and a value, got "
                  + row.fields().size()
                  + " fields between "
                  + shown(separator)
                  + "s; use --separator to specify the separator");
        }
        all.add(row);
      }
    }
    return all;
  }

  /** Returns the separator of time and value: a comma only if there is no other. */
  Separator separator(Path file) throws IOException {
    if (separator != null) {
      return separator;
    }
    for (Separator s : new Separator[] {Separator.TAB, Separator.SEMICOLON}) {
      try (Stream<String> lines = Utf8.STRICT.lines(file)) {
        if (lines.filter(l -> !l.isEmpty()).allMatch(l -> l.indexOf(s.character) >= 0)) {
          return s;
        }
      }
    }
    return Separator.COMMA;
  }

  /**
   * Returns the format of the rows.
   *
   * @throws IOException if it cannot be detected
   */
  Form form(Path file, Separator between, List<Row> rows) throws IOException {
    List<String> values = rows.stream().skip(1).map(r -> r.field(1)).toList();
    Decimal mark = decimal;
    if (mark == null) {
      Predicate<String> comma = v -> v.indexOf(',') >= 0;
      boolean commas = values.stream().anyMatch(comma);
      if (commas && values.stream().anyMatch(v -> v.indexOf('.') >= 0)) {
        throw new IOException(
            file
                + ": has values with commas and with points; use --decimal to specify the decimal mark");
      }
      mark = commas ? Decimal.COMMA : Decimal.POINT;
    }
    Header first = header;
    if (first == null && !rows.isEmpty()) {
      first = recognized(rows.getFirst(), new Form(between, mark, Header.NO));
    }
    return new Form(between, mark, first == null ? Header.NO : first);
  }

  private static Header recognized(Row first, Form form) throws IOException {
    String value = first.field(1);
    try {
      form.number(first);
      return Header.NO;
    } catch (IOException e) {
      String name = value.strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && Character.isLetter(name.codePointAt(0)) && !MISSING.contains(name)) {
        return Header.YES;
      }
      throw new IOException(
          first.where()
              + ": \""
              + value
              + "\" is neither a number with a decimal "
              + shown(form.decimal)
              + " nor a name; use --header to specify whether the first line names the columns",
          e);
    }
  }
}
