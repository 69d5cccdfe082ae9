package dev.unroll.data;

import dev.unroll.files.FileErrors;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a table's column. */
sealed interface Column {
  /** Returns the number of rows. */
  int size();

  /** Returns the values of some rows, in the given order. */
  Column pick(int... rows);

  /** Returns whether a value is missing. */
  boolean isMissing(int row);

  /** Returns a value as text, null if it is missing. */
  @Nullable String text(int row);

  /** Returns what the column holds, for messages. */
  String kind();

  /** Numbers; NaN is missing. */
  final class Numbers implements Column {
    private final double[] values;

    Numbers(double... values) {
      this.values = values;
    }

    /** Returns the values, not to be changed. */
    double[] values() {
      return values;
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Column pick(int... rows) {
      return new Numbers(Arrays.stream(rows).mapToDouble(r -> values[r]).toArray());
    }

    @Override
    public boolean isMissing(int row) {
      return Double.isNaN(values[row]);
    }

    @Override
    public @Nullable String text(int row) {
      double v = values[row];
      if (Double.isNaN(v)) {
        return null;
      }
      return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : Double.toString(v);
    }

    @Override
    public String kind() {
      return "numbers";
    }
  }

  /** Texts; null is missing. */
  record Texts(List<@Nullable String> values) implements Column {
    @Override
    public int size() {
      return values.size();
    }

    @Override
    public Column pick(int... rows) {
      return new Texts(picked(values, rows));
    }

    @Override
    public boolean isMissing(int row) {
      return values.get(row) == null;
    }

    @Override
    public @Nullable String text(int row) {
      return values.get(row);
    }

    @Override
    public String kind() {
      for (String each : values) {
        if (each != null && CsvCells.number(each) == null) {
          return "text such as " + FileErrors.quoted(each);
        }
      }
      return "text";
    }
  }

  /** Dates and times; null is missing. */
  record Times(List<@Nullable LocalDateTime> values) implements Column {
    @Override
    public int size() {
      return values.size();
    }

    @Override
    public Column pick(int... rows) {
      return new Times(picked(values, rows));
    }

    @Override
    public boolean isMissing(int row) {
      return values.get(row) == null;
    }

    @Override
    public @Nullable String text(int row) {
      LocalDateTime t = values.get(row);
      return t == null ? null : t.toString();
    }

    @Override
    public String kind() {
      return "dates and times";
    }
  }

  private static <T> List<@Nullable T> picked(List<@Nullable T> values, int... rows) {
    List<@Nullable T> all = new ArrayList<>(rows.length);
    for (int r : rows) {
      all.add(values.get(r));
    }
    return all;
  }
}
