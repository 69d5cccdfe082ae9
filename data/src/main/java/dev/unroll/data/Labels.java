package dev.unroll.data;

import java.util.Arrays;
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

  /**
   * Returns weights of the classes for a loss, inversely proportional to their frequency: {@code n
   * / (k * count)} for n ids of k different classes, so that the mean weight of the ids is 1. A
   * class without ids has weight 1.
   *
   * @param ids the classes of the training examples; -1, unknown, is left out
   * @throws IllegalArgumentException if an id is not that of a class
   */
  public double[] weights(int... ids) {
    long[] counts = new long[size()];
    for (int id : ids) {
      if (id < -1 || id >= counts.length) {
        throw new IllegalArgumentException(
            "[labels] expected ids from 0 to " + (size() - 1) + ", or -1, got " + id);
      }
      if (id >= 0) {
        counts[id]++;
      }
    }
    double classes = Arrays.stream(counts).filter(c -> c > 0).count();
    double each = Arrays.stream(counts).sum() / classes;
    return Arrays.stream(counts).mapToDouble(c -> c == 0 ? 1 : each / c).toArray();
  }
}
