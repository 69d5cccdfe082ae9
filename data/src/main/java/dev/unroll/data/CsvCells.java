package dev.unroll.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides what the cells of a column are: numbers, dates and times, or texts. */
final class CsvCells {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?|NaN");

  /** Postal codes and the like: as numbers they would lose zeros or digits. */
  private static final Pattern IDENTIFIER = Pattern.compile("[+-]?(0\\d+|\\d{16,})");

  /** ISO 8601: a month, a date, or a date and a time, with or without an offset from UTC. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM[-dd[['T'][' ']HH:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[XXX][X]]]")
          .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private CsvCells() {}

  /** Returns a column of the narrowest type that holds all cells; empty ones are missing. */
  static Column column(List<@Nullable String> cells) {
    Column.Numbers numbers = numbers(cells);
    if (numbers != null) {
      return numbers;
    }
    List<@Nullable LocalDateTime> times = parsed(cells, text -> time(text, TIME));
    return times == null ? new Column.Texts(cells) : new Column.Times(times);
  }

  private static Column.@Nullable Numbers numbers(List<@Nullable String> cells) {
    double[] values = new double[cells.size()];
    for (int i = 0; i < values.length; i++) {
      String cell = cells.get(i);
      Double value = cell == null ? Double.valueOf(Double.NaN) : number(cell);
      if (value == null) {
        return null;
      }
      values[i] = value;
    }
    return new Column.Numbers(values);
  }

  private static <T> @Nullable List<@Nullable T> parsed(
      List<@Nullable String> cells, Function<String, @Nullable T> parse) {
    List<@Nullable T> all = new ArrayList<>(cells.size());
    for (String cell : cells) {
      T value = cell == null ? null : parse.apply(cell);
      if (cell != null && value == null) {
        return null;
      }
      all.add(value);
    }
    return all;
  }

  /** Returns a number, or null if the cell is none. */
  static @Nullable Double number(String cell) {
    String stripped = cell.strip();
    boolean is = NUMBER.matcher(stripped).matches() && !IDENTIFIER.matcher(stripped).matches();
    double value = is ? Double.parseDouble(stripped) : 0;
    return is && !Double.isInfinite(value) ? (Double) value : null;
  }

  /** Returns a time, in UTC if the cell has an offset, or null if the cell is none. */
  static @Nullable LocalDateTime time(String cell, DateTimeFormatter format) {
    try {
      TemporalAccessor t =
          format.parseBest(
              cell.strip(),
              OffsetDateTime::from,
              LocalDateTime::from,
              LocalDate::from,
              YearMonth::from);
      return switch (t) {
        case OffsetDateTime o -> o.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        case LocalDateTime l -> l;
        case LocalDate d -> d.atStartOfDay();
        case YearMonth m -> m.atDay(1).atStartOfDay();
        default -> null;
      };
    } catch (DateTimeException e) {
      return null;
    }
  }
}
