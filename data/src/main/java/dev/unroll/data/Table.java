package dev.unroll.data;

import dev.unroll.files.FileErrors;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable table of named columns: numbers, dates and times, or texts. Values may be missing.
 * Rows are counted from 0.
 *
 * {@snippet class="snippets.TableTest" region="Table"}
 *
 * <p>A column that does not exist, or holds something else, is an {@link IllegalArgumentException};
 * so is a missing value where a value is needed, with its column and its row or line.
 */
public final class Table {
  private final Map<String, Column> columns;
  private final Origin origin;

  Table(Map<String, Column> columns, Origin origin) {
    this.columns = columns;
    this.origin = origin;
  }

  /**
   * Reads a CSV file with commas.
   *
   * @throws IOException as {@link #read(Path, char)}
   */
  public static Table read(Path file) throws IOException {
    return read(file, ',');
  }

  /**
   * Reads a CSV file: UTF-8, with or without a byte order mark, quoted according to RFC 4180, with
   * the names of the columns in the first row. Empty cells are missing, and so is {@code NaN} among
   * numbers; empty lines are skipped. A column holds numbers if all of its cells are decimal
   * numbers; dates and times if all are those of ISO 8601 ({@code 2026-11}, {@code 2026-11-30},
   * {@code 2026-11-30T14:05:00Z}, a space instead of the T), converted to UTC if they have an
   * offset; otherwise texts. Integers that begin with 0 or have more than 15 digits are texts,
   * since numbers would lose a part of such identifiers.
   *
   * @param separator the field separator
   * @throws IOException if it cannot be read or is no such table; the message names the file, and
   *     the line where there is one
   */
  public static Table read(Path file, char separator) throws IOException {
    CsvFile csv = CsvFile.read(Objects.requireNonNull(file, "file"), separator);
    return new Table(csv.columns(), csv.origin());
  }

  /**
   * Returns a table of numbers.
   *
   * @param columns at least one, all of the same length, in the order of the map; NaN is missing
   */
  public static Table of(Map<String, double[]> columns) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("[table] expected at least one column, got none");
    }
    int rows = columns.values().iterator().next().length;
    Table table = new Table(Map.of(), Origin.memory(rows));
    for (Map.Entry<String, double[]> c : columns.entrySet()) {
      table = table.withNumbers(c.getKey(), c.getValue());
    }
    return table;
  }

  /** Returns the number of rows. */
  public int size() {
    return origin.rows();
  }

  /** Returns the names of the columns, in order. */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /** Returns a table with a column of numbers added or replaced; NaN is missing. */
  public Table withNumbers(String column, double... values) {
    return with(column, new Column.Numbers(values.clone()));
  }

  /** Returns a table with a column of texts added or replaced; null is missing. */
  public Table withTexts(String column, List<@Nullable String> values) {
    return with(column, new Column.Texts(new ArrayList<>(values)));
  }

  /** Returns a table with a column of dates and times added or replaced; null is missing. */
  public Table withTimes(String column, List<@Nullable LocalDateTime> values) {
    return with(column, new Column.Times(new ArrayList<>(values)));
  }

  /** Returns a table in which a column of texts is parsed as dates and times of another format. */
  public Table withTimes(String column, DateTimeFormatter format) {
    List<@Nullable LocalDateTime> times = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      String text = text(column, i);
      LocalDateTime time = text == null ? null : CsvCells.time(text, format);
      if (text != null && time == null) {
        throw wrong("a date of format " + format, column, i, FileErrors.quoted(text));
      }
      times.add(time);
    }
    return with(column, new Column.Times(times));
  }

  private Table with(String name, Column column) {
    Objects.requireNonNull(name, "column");
    if (name.isBlank() || column.size() != size()) {
      throw new IllegalArgumentException(
          "[table] expected a name and "
              + size()
              + " values, got "
              + FileErrors.quoted(name)
              + " and "
              + column.size());
    }
    Map<String, Column> all = new LinkedHashMap<>(columns);
    all.put(name, column);
    return new Table(all, origin);
  }

  /** Returns a table of some columns, in the given order. */
  public Table select(String... names) {
    Map<String, Column> some = new LinkedHashMap<>();
    for (String name : names) {
      if (some.put(name, column(name)) != null) {
        throw new IllegalArgumentException(
            "[table] expected different columns, got " + FileErrors.quoted(name) + " twice");
      }
    }
    return new Table(some, origin);
  }

  /** Returns a table without some columns. */
  public Table drop(String... names) {
    Map<String, Column> others = new LinkedHashMap<>(columns);
    for (String name : names) {
      column(name);
      others.remove(name);
    }
    return new Table(others, origin);
  }

  /** Returns a table of the rows from one, inclusive, to another, exclusive. */
  public Table rows(int from, int to) {
    Objects.checkFromToIndex(from, to, size());
    return pick(IntStream.range(from, to).toArray());
  }

  /** Returns a table of the rows whose index fulfils a condition. */
  public Table where(IntPredicate row) {
    return pick(IntStream.range(0, size()).filter(row).toArray());
  }

  Table pick(int... rows) {
    Map<String, Column> picked = new LinkedHashMap<>();
    columns.forEach((name, c) -> picked.put(name, c.pick(rows)));
    return new Table(picked, origin.pick(rows));
  }

  /** Returns whether a value is missing. */
  public boolean isMissing(String column, int row) {
    return column(column).isMissing(Objects.checkIndex(row, size()));
  }

  /** Returns a number, NaN if it is missing. */
  public double number(String column, int row) {
    return doubles(column)[Objects.checkIndex(row, size())];
  }

  /** Returns a value of any column as text, null if it is missing; whole numbers have no point. */
  public @Nullable String text(String column, int row) {
    return column(column).text(Objects.checkIndex(row, size()));
  }

  /** Returns a date and time, null if it is missing. */
  public @Nullable LocalDateTime time(String column, int row) {
    Objects.checkIndex(row, size());
    if (column(column) instanceof Column.Times t) {
      return t.values().get(row);
    }
    throw wrongKind("dates and times", column);
  }

  /**
   * Returns columns of numbers, float32 {@code [rows, columns]}.
   *
   * @throws IllegalArgumentException if one is missing, or out of the range of float32
   */
  public Tensor numbers(String... names) {
    float[] all = new float[Math.multiplyExact(size(), names.length)];
    for (int c = 0; c < names.length; c++) {
      double[] values = doubles(names[c]);
      for (int r = 0; r < values.length; r++) {
        if (!Float.isFinite((float) values[r])) {
          throw Double.isNaN(values[r])
              ? missing("a number", names[c], r)
              : wrong("a number in the range of float32", names[c], r, values[r] + "");
        }
        all[r * names.length + c] = (float) values[r];
      }
    }
    return Tensor.of(Shape.of(size(), names.length), all);
  }

  /** Returns the numbers of a column, not to be changed. */
  double[] doubles(String column) {
    if (column(column) instanceof Column.Numbers n) {
      return n.values();
    }
    throw wrongKind("numbers", column);
  }

  /**
   * Returns the distinct values of a column: texts in alphabetical order, numbers in theirs.
   * Missing ones have no label.
   */
  public Labels labels(String column) {
    if (column(column) instanceof Column.Numbers numbers) {
      TreeSet<Double> distinct = new TreeSet<>();
      Arrays.stream(numbers.values())
          .filter(v -> !Double.isNaN(v))
          .forEach(v -> distinct.add(v + 0.0));
      Column sorted = new Column.Numbers(distinct.stream().mapToDouble(v -> v).toArray());
      return new Labels(
          IntStream.range(0, sorted.size())
              .mapToObj(i -> Objects.requireNonNull(sorted.text(i)))
              .toList());
    }
    TreeSet<String> distinct = new TreeSet<>();
    for (int i = 0; i < size(); i++) {
      String text = text(column, i);
      if (text != null) {
        distinct.add(text);
      }
    }
    return Labels.of(distinct);
  }

  /**
   * Returns the ids of a column's values among labels.
   *
   * @throws IllegalArgumentException if a value is missing or is not among them
   */
  public int[] ids(String column, Labels labels) {
    Categories known = new Categories(labels);
    int[] ids = ids(column, known);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == 0) {
        String text = text(column, i);
        throw text == null
            ? missing("a label", column, i)
            : wrong("a label among " + labels.names(), column, i, FileErrors.quoted(text));
      }
      ids[i]--;
    }
    return ids;
  }

  /** Returns the ids of a column's values, 0 where one is missing or unknown. */
  public int[] ids(String column, Categories categories) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    categories.labels().names().forEach(name -> ids.put(name, ids.size() + 1));
    Column values = column(column);
    return IntStream.range(0, size()).map(i -> ids.getOrDefault(values.text(i), 0)).toArray();
  }

  /**
   * Returns a table in which a column is replaced by one of 0 and 1 for each label, {@code
   * kind=fan}, at the end.
   *
   * @throws IllegalArgumentException as {@link #ids(String, Labels)}
   */
  public Table oneHot(String column, Labels labels) {
    ids(column, labels); // It checks that none is missing or unknown.
    return oneHot(column, new Categories(labels));
  }

  /**
   * Returns a table in which a column is replaced by one of 0 and 1 for each category, {@code
   * kind=fan}, at the end. A missing or unknown value has 0 in all of them.
   */
  public Table oneHot(String column, Categories categories) {
    int[] ids = ids(column, categories);
    Table table = drop(column);
    for (int label = 0; label < categories.labels().size(); label++) {
      int one = label + 1;
      double[] values = Arrays.stream(ids).mapToDouble(id -> id == one ? 1 : 0).toArray();
      String name = column + "=" + categories.labels().name(label);
      if (columns.containsKey(name)) {
        throw new IllegalArgumentException(
            "[table] expected no column "
                + FileErrors.quoted(name)
                + ", which one of categories has");
      }
      table = table.withNumbers(name, values);
    }
    return table;
  }

  /**
   * Returns a table with features of a column of dates and times, {@code time epoch_days}, {@code
   * time hour sine} and {@code time hour cosine}; missing where the time is.
   */
  public Table withTimeFeatures(String column, TimeFeature... features) {
    Table table = this;
    for (TimeFeature f : features) {
      double[] x = new double[size()];
      for (int i = 0; i < x.length; i++) {
        LocalDateTime time = time(column, i);
        x[i] = time == null ? Double.NaN : f.of(time);
      }
      String name = column + " " + f.name().toLowerCase(Locale.ROOT);
      table =
          f.isPeriodic()
              ? table
                  .withNumbers(name + " sine", Arrays.stream(x).map(Math::sin).toArray())
                  .withNumbers(name + " cosine", Arrays.stream(x).map(Math::cos).toArray())
              : table.withNumbers(name, x);
    }
    return table;
  }

  /**
   * Returns a fill of other tables by the means of this one's columns of the same names: those of
   * the training rows, so that nothing of the held-out rows is seen in training.
   *
   * @return a fill that throws an {@link IllegalArgumentException} if all values of the column are
   *     missing here
   */
  public Fill means() {
    return new NamedFill(
        "means",
        (column, values) -> {
          double[] known =
              IntStream.range(0, size())
                  .mapToDouble(i -> number(column, i))
                  .filter(v -> !Double.isNaN(v))
                  .toArray();
          if (known.length == 0) {
            throw new IllegalArgumentException(
                "[fill] expected a mean of column \"" + column + "\", got no values");
          }
          double mean = Arrays.stream(known).average().orElseThrow();
          return Fill.constant(mean).fill(column, values);
        });
  }

  /**
   * Returns a table in which missing numbers of some columns are replaced, in the order of the
   * rows. {@link Series#fill} fills each series by itself.
   */
  public Table fill(Fill fill, String... names) {
    return fill(fill, new Gaps(List.of(IntStream.range(0, size()).toArray())), names);
  }

  Table fill(Fill fill, Gaps gaps, String... names) {
    Table table = this;
    for (String name : names) {
      table = table.withNumbers(name, gaps.fill(fill, name, table.doubles(name)));
    }
    return table;
  }

  /**
   * Returns a table with a column {@code x known} for each given column x: 1 where x has a value, 0
   * where it is missing. Add it before x is filled.
   */
  public Table withMask(String... names) {
    Table table = this;
    for (String name : names) {
      Column column = column(name);
      double[] mask = new double[size()];
      Arrays.setAll(mask, i -> column.isMissing(i) ? 0 : 1);
      table = table.withNumbers(name + " known", mask);
    }
    return table;
  }

  /**
   * Groups the rows into series.
   *
   * @param key the column whose values tell series apart
   * @param time the column by which the rows of a series are sorted: numbers, or dates and times;
   *     rows of the same time keep their order
   * @throws IllegalArgumentException if a value of them is missing
   */
  public Series series(String key, String time) {
    return Series.of(this, key, time);
  }

  Column column(String name) {
    Column column = columns.get(Objects.requireNonNull(name, "column"));
    if (column == null) {
      throw new IllegalArgumentException(
          "[table] expected a column of "
              + FileErrors.escape(columns.keySet().toString())
              + ", got "
              + FileErrors.quoted(name));
    }
    return column;
  }

  private IllegalArgumentException wrongKind(String expected, String column) {
    Column values = column(column);
    String where = FileErrors.quoted(column);
    return new IllegalArgumentException(
        "[table] expected " + expected + " in column " + where + ", got " + values.kind());
  }

  IllegalArgumentException missing(String expected, String column, int row) {
    return wrong(expected, column, row, "a missing value: fill the column, or leave the row out");
  }

  IllegalArgumentException wrong(String expected, String column, int row, String got) {
    String where = FileErrors.quoted(column) + " at " + origin.of(row);
    return new IllegalArgumentException(
        "[table] expected " + expected + " in column " + where + ", got " + got);
  }

  /** Returns the number of rows and the columns. */
  @Override
  public String toString() {
    return size() + " rows of " + columns.keySet();
  }
}
