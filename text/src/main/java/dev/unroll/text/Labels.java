package dev.unroll.text;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Names of classes, numbered in their order.
 *
 * @param names each once
 */
public record Labels(List<String> names) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if one is given twice
   */
  public Labels {
    names = List.copyOf(names);
    if (new TreeSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("[labels] one is given twice: " + names);
    }
  }

  /** Returns the labels that come in a collection, in alphabetical order. */
  public static Labels of(Collection<String> given) {
    return new Labels(List.copyOf(new TreeSet<>(given)));
  }

  /** Returns how many there are. */
  public int size() {
    return names.size();
  }

  /**
   * Returns the number of a label.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public int number(String label) {
    int number = names.indexOf(label);
    if (number < 0) {
      throw new IllegalArgumentException(
          "[labels] there is no \"" + label + "\"; there are " + names);
    }
    return number;
  }

  /**
   * Returns the label of a number.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public String name(int number) {
    return names.get(number);
  }
}
