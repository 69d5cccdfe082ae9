package dev.unroll.data;

import dev.unroll.files.FileErrors;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table, grouped into series by a key and sorted by time: see {@link Table#series}.
 * Series are in the order of their first rows. An instance is immutable.
 *
 * {@snippet class="snippets.TableTest" region="Series"}
 *
 * <p>Features are all columns except for the key, the time and the targets, unless {@link
 * #features} names them. They must be numbers without missing values when the series become
 * examples.
 */
public final class Series {
  private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

  private final Table table;
  private final String key;
  private final String time;
  private final Map<String, int[]> rows;
  private final @Nullable List<String> features;

  private Series(
      Table table,
      String key,
      String time,
      Map<String, int[]> rows,
      @Nullable List<String> features) {
    this.table = table;
    this.key = key;
    this.time = time;
    this.rows = rows;
    this.features = features;
  }

  static Series of(Table table, String key, String time) {
    double[] times = times(table, time);
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < table.size(); i++) {
      String group = table.text(key, i);
      if (group == null) {
        throw table.missing("a key", key, i);
      }
      groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(i);
    }
    table.column(key);
    Map<String, int[]> rows = new LinkedHashMap<>();
    groups.forEach((group, all) -> {
      all.sort((a, b) -> Double.compare(times[a], times[b]));
      rows.put(group, all.stream().mapToInt(i -> i).toArray());
    });
    return new Series(table, key, time, rows, null);
  }

  /** Returns numbers, or seconds since 1970, with fractions. */
  private static double[] times(Table table, String time) {
    if (!(table.column(time) instanceof Column.Times)) {
      double[] numbers = table.doubles(time);
      IntStream.range(0, numbers.length)
          .filter(i -> Double.isNaN(numbers[i]))
          .findFirst()
          .ifPresent(i -> {
            throw table.missing("a time", time, i);
          });
      return numbers;
    }
    double[] seconds = new double[table.size()];
    for (int i = 0; i < seconds.length; i++) {
      LocalDateTime t = table.time(time, i);
      if (t == null) {
        throw table.missing("a time", time, i);
      }
      Duration since = Duration.between(EPOCH, t);
      seconds[i] = since.getSeconds() + since.getNano() / 1e9;
    }
    return seconds;
  }

  /** Returns the number of series. */
  public int size() {
    return rows.size();
  }

  /** Returns the key of each series. */
  public List<String> keys() {
    return List.copyOf(rows.keySet());
  }

  /** Returns the rows of a series, sorted by time. */
  public Table table(String series) {
    int[] of = rows.get(Objects.requireNonNull(series, "series"));
    if (of == null) {
      throw new IllegalArgumentException(
          "[series] expected a key of column "
              + FileErrors.quoted(key)
              + ", got "
              + FileErrors.quoted(series));
    }
    return table.pick(of);
  }

  /** Returns the same series with these columns as features, in this order. */
  public Series features(String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException("[series] expected at least one feature, got none");
    }
    table.select(names);
    return new Series(table, key, time, rows, List.of(names));
  }

  /** Returns the same series with missing numbers of some columns replaced, each by itself. */
  public Series fill(Fill fill, String... names) {
    return with(table.fill(fill, gaps(), names));
  }

  /** Adds columns that tell missing values: see {@link Table#withMask}. */
  public Series withMask(String... names) {
    return with(table.withMask(names));
  }

  /**
   * Returns the same series with a column {@code x since} for each given column x: the time since
   * the last row before in which x has a value, or since the first row if there is none (Che et al.
   * 2018, <a href="https://doi.org/10.1038/s41598-018-24271-9">Recurrent Neural Networks for
   * Multivariate Time Series with Missing Values</a>); in seconds if the time column holds dates
   * and times, otherwise in its units. Add it before x is filled.
   */
  public Series withTimeSince(String... names) {
    double[] times = times(table, time);
    Table all = table;
    for (String name : names) {
      all = all.withNumbers(name + " since", gaps().timeSince(table.column(name), times));
    }
    return with(all);
  }

  private Gaps gaps() {
    return new Gaps(List.copyOf(rows.values()));
  }

  private Series with(Table changed) {
    List<String> all = features;
    if (all != null) {
      List<String> added = new ArrayList<>(changed.columns());
      added.removeAll(table.columns());
      all = Stream.concat(all.stream(), added.stream()).toList();
    }
    return new Series(changed, key, time, rows, all);
  }

  /**
   * Returns examples with one class per series: inputs {@code [T, F]}, targets int32 {@code []}.
   *
   * @throws IllegalArgumentException if the label is missing, or differs within a series
   */
  public Dataset labels(String column) {
    Labels labels = table.labels(column);
    int[] ids = table.ids(column, labels);
    return data(
        List.of(column),
        labels,
        of -> {
          for (int r : of) {
            if (ids[r] != ids[of[0]]) {
              String first = FileErrors.quoted(labels.name(ids[of[0]]));
              String got = FileErrors.quoted(labels.name(ids[r]));
              throw table.wrong("one label per series, " + first, column, r, got);
            }
          }
          return Tensor.of(Shape.of(), ids[of[0]]);
        });
  }

  /**
   * Returns examples with one class per step: inputs {@code [T, F]}, targets int32 {@code [T]}; -1,
   * which losses ignore, where the label is missing.
   */
  public Dataset stepLabels(String column) {
    Labels labels = table.labels(column);
    int[] ids = table.ids(column, new Categories(labels));
    return data(
        List.of(column),
        labels,
        of -> Tensor.of(Shape.of(of.length), Arrays.stream(of).map(r -> ids[r] - 1).toArray()));
  }

  /**
   * Returns examples with values to predict per step: inputs {@code [T, F]}, targets {@code [T,
   * columns]}.
   */
  public Dataset stepTargets(String... columns) {
    return data(some(columns), new Labels(List.of()), of -> table.pick(of).numbers(columns));
  }

  /**
   * Returns examples with values to predict per series, those of its last row: inputs {@code [T,
   * F]}, targets {@code [columns]}.
   */
  public Dataset targets(String... columns) {
    return data(
        some(columns),
        new Labels(List.of()),
        of -> table.pick(of[of.length - 1]).numbers(columns).reshape(columns.length));
  }

  private static List<String> some(String... targets) {
    if (targets.length == 0) {
      throw new IllegalArgumentException("[series] expected at least one target, got none");
    }
    return List.of(targets);
  }

  /**
   * Returns examples to predict: inputs {@code [T, F]}, targets -1, which is no class. The columns
   * that hold targets in training are not needed; {@link #features} names the others if they are
   * present.
   */
  public Dataset unlabelled() {
    return data(List.of(), new Labels(List.of()), of -> Tensor.of(Shape.of(), -1));
  }

  private Dataset data(List<String> targets, Labels labels, Function<int[], Tensor> target) {
    targets.forEach(table::column);
    List<String> names = features == null ? new ArrayList<>(table.columns()) : features;
    if (features == null) {
      names.removeAll(List.of(key, time));
      names.removeAll(targets);
    }
    List<String> both = targets.stream().filter(names::contains).toList();
    if (names.isEmpty() || !both.isEmpty()) {
      throw new IllegalArgumentException(
          "[series] expected features and other columns as targets, got "
              + names
              + " and "
              + targets);
    }
    String[] inputs = names.toArray(String[]::new);
    List<Example> examples =
        rows.values().stream()
            .map(of -> new Example(table.pick(of).numbers(inputs), target.apply(of)))
            .toList();
    return new Dataset(examples, names, labels);
  }

  /** Returns the number of series, the columns of key and time, and the table. */
  @Override
  public String toString() {
    return size() + " series by " + key + " and " + time + ": " + table;
  }
}
