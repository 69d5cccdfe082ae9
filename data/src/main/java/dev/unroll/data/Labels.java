package dev.unroll.data;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The names of classes; the id of a class is its index.
 *
 * {@snippet class="snippets.DataTest" region="Labels"}
 *
 * @param names distinct names
 */
public record Labels(List<String> names) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if a name occurs twice
   */
  public Labels {
    Objects.requireNonNull(names, "names").forEach(each -> Objects.requireNonNull(each, "name"));
    names = List.copyOf(names);
    if (new TreeSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("[labels] duplicate name: " + names);
    }
  }

  /** Returns the distinct labels of a collection, in alphabetical order. */
  public static Labels of(Collection<String> given) {
    return new Labels(List.copyOf(new TreeSet<>(given)));
  }

  /** Returns the number of classes. */
  public int size() {
    return names.size();
  }

  /**
   * Returns the id of a label.
   *
   * @throws IllegalArgumentException if it does not exist; the message lists the labels
   */
  public int id(String label) {
    int id = names.indexOf(label);
    if (id < 0) {
      throw new IllegalArgumentException(
          "[labels] there is no \"" + label + "\"; there are " + names);
    }
    return id;
  }

  /**
   * Returns the label of an id.
   *
   * @throws IndexOutOfBoundsException if it does not exist
   */
  public String name(int id) {
    return names.get(id);
  }
}
