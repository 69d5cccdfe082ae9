package dev.unroll.examples.series;

import dev.unroll.text.read.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A time series.
 *
 * @param name the name of the series
 * @param times the time of each value, as in the file
 * @param values the values
 */
record Series(String name, List<String> times, List<Double> values) {
  /** Copies the lists. */
  Series {
    times = List.copyOf(times);
    values = List.copyOf(values);
  }

  /**
   * Reads a time and a value per line, in a format that is detected or given.
   *
   * @param out receives a line on the format
   * @throws IOException if a value is not a number, the format is not recognized, or there are
   *     fewer than {@code fewest} values; the message names the line
   */
  static Series read(Path file, int fewest, SeriesFormat format, PrintStream out)
      throws IOException {
    SeriesFormat.Separator separator = format.separator(file);
    List<Row> rows = SeriesFormat.rows(file, separator);
    SeriesFormat.Form form = format.form(file, separator, rows);
    List<String> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (Row row : rows.subList(form.header() == SeriesFormat.Header.YES ? 1 : 0, rows.size())) {
      times.add(row.field(0));
      values.add(form.number(row));
    }
    if (values.size() < fewest) {
      throw new IOException(
          file + ": has " + values.size() + " values, expected at least " + fewest);
    }
    out.println(file.getFileName() + ": " + form);
    return new Series(String.valueOf(file.getFileName()), times, values);
  }

  double[] array() {
    return values.stream().mapToDouble(v -> v).toArray();
  }
}
