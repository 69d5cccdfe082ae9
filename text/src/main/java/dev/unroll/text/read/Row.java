package dev.unroll.text.read;

import java.util.List;
import java.util.Objects;

/**
 * A row of a table.
 *
 * {@snippet class="snippets.ReadTest" region="Row"}
 *
 * @param where its position, for messages: a file and a line number
 * @param names the names of the columns; empty if the table has none
 * @param fields the fields, in the order of the columns
 */
public record Row(String where, List<String> names, List<String> fields) {

  /** Copies the lists. */
  public Row {
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(names, "names").forEach(each -> Objects.requireNonNull(each, "name"));
    Objects.requireNonNull(fields, "fields").forEach(each -> Objects.requireNonNull(each, "field"));
    names = List.copyOf(names);
    fields = List.copyOf(fields);
  }

  /**
   * Returns the field of a column, from 0.
   *
   * @throws IllegalArgumentException if the row is shorter; the message names its position
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
   * @throws IllegalArgumentException if the column does not exist, is ambiguous, or the row is
   *     shorter
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
