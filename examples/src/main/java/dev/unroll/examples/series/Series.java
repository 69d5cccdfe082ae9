package dev.unroll.examples.series;

import dev.unroll.text.read.Row;
import dev.unroll.text.read.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
   * Reads a table of a time and a value, between commas, under a header.
   *
   * @throws IOException if a value is no number or there are fewer than {@code fewest}; the message
   *     names the line
   */
  static Series read(Path file, int fewest) throws IOException {
    List<String> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    try (Stream<Row> rows = Tables.commas().named().read(file)) {
      for (Row row : (Iterable<Row>) rows::iterator) {
        times.add(row.field(0));
        values.add(number(row));
      }
    }
    if (values.size() < fewest) {
      throw new IOException(
          file + ": has " + values.size() + " values, expected at least " + fewest);
    }
    return new Series(String.valueOf(file.getFileName()), times, values);
  }

  private static double number(Row row) throws IOException {
    try {
      double value = Double.parseDouble(row.field(1));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as of the numbers that are not finite.
    }
    throw new IOException(row.where() + ": expected a number, not \"" + row.field(1) + "\"");
  }

  double[] array() {
    return values.stream().mapToDouble(v -> v).toArray();
  }
}
