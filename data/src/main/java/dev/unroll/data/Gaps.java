package dev.unroll.data;

import java.util.Arrays;
import java.util.List;

/**
 * Works on missing values of a table, one group of rows at a time.
 *
 * @param groups the rows of each group, in order
 */
record Gaps(Table table, List<int[]> groups) {
  Table fill(Fill fill, String... names) {
    Table filled = table;
    for (String name : names) {
      double[] values = table.doubles(name).clone();
      for (int[] rows : groups) {
        double[] given = Arrays.stream(rows).mapToDouble(r -> values[r]).toArray();
        double[] now = fill.fill(name, given);
        if (now.length != rows.length) {
          throw new IllegalArgumentException(
              "[fill] expected " + rows.length + " values from " + fill + ", got " + now.length);
        }
        for (int i = 0; i < rows.length; i++) {
          values[rows[i]] = now[i];
        }
      }
      filled = filled.withNumbers(name, values);
    }
    return filled;
  }

  /** Adds the time since the last value before each row, 0 at the first row of a group. */
  Table timeSince(double[] times, String... names) {
    Table all = table;
    for (String name : names) {
      Column column = table.column(name);
      double[] since = new double[table.size()];
      for (int[] rows : groups) {
        for (int i = 1; i < rows.length; i++) {
          int before = rows[i - 1];
          since[rows[i]] =
              times[rows[i]] - times[before] + (column.isMissing(before) ? since[before] : 0);
        }
      }
      all = all.withNumbers(name + " since", since);
    }
    return all;
  }
}
