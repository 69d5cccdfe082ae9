package dev.unroll.examples.series;

import dev.unroll.text.read.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Values that follow one another in time.
 *
 * @param name of the series
 * @param times when each value was taken, as the file has it
 * @param values as many
 */
record Series(String name, List<String> times, List<Double> values) {
  /** Copies the lists. */
  Series {
    times = List.copyOf(times);
    values = List.copyOf(values);
  }

  /**
   * Reads a time and a value on each line, in a form that is recognized or said.
   *
   * @param out where the form is printed
   * @throws IOException if a value is no number, the form is not recognized, or there are fewer
   *     than {@code fewest} values; the message names the line
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
