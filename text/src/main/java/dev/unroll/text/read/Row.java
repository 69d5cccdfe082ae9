package dev.unroll.text.read;

import java.util.List;

/**
 * A line of a table.
 *
 * @param where it stands, for messages: a file and the number of its line
 * @param names of the columns; none if the table has none
 * @param fields in the order of the columns
 */
public record Row(String where, List<String> names, List<String> fields) {

  /** Copies the lists. */
  public Row {
    names = List.copyOf(names);
    fields = List.copyOf(fields);
  }

  /**
   * Returns a field by its place, from 0.
   *
   * @throws IllegalArgumentException if the row is shorter; the message says where it stands
   */
  public String field(int column) {
    if (column < 0 || column >= fields.size()) {
      throw new IllegalArgumentException(
          where + ": there is no field " + column + ", only " + fields.size());
    }
    return fields.get(column);
  }

  /**
   * Returns a field by the name of its column.
   *
   * @throws IllegalArgumentException if there is none, there are two, or the row is shorter
   */
  public String field(String name) {
    int column = names.indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException(
          where + ": there is no column \"" + name + "\"; there are " + names);
    }
    if (names.lastIndexOf(name) != column) {
      throw new IllegalArgumentException(where + ": two columns are named \"" + name + "\"");
    }
    return field(column);
  }
}
