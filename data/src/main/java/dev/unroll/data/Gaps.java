package dev.unroll.data;

import java.util.Arrays;
import java.util.List;

/**
 * Works on missing values, one group of rows at a time.
 *
 * @param groups the rows of each group, in order
 */
record Gaps(List<int[]> groups) {
  /** Returns values with missing ones replaced. */
  double[] fill(Fill fill, String name, double... column) {
    double[] values = column.clone();
    for (int[] rows : groups) {
      double[] given = Arrays.stream(rows).mapToDouble(r -> column[r]).toArray();
      double[] now = fill.fill(name, given);
      if (now.length != rows.length) {
        throw new IllegalArgumentException(
            "[fill] expected " + rows.length + " values from " + fill + ", got " + now.length);
      }
      for (int i = 0; i < rows.length; i++) {
        values[rows[i]] = now[i];
      }
    }
    return values;
  }

  /** Returns the time since the last value before each row, 0 at the first row of a group. */
  double[] timeSince(Column column, double... times) {
    double[] since = new double[times.length];
    for (int[] rows : groups) {
      for (int i = 1; i < rows.length; i++) {
        int before = rows[i - 1];
        since[rows[i]] =
            times[rows[i]] - times[before] + (column.isMissing(before) ? since[before] : 0);
      }
    }
    return since;
  }
}
