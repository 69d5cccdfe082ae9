package dev.unroll.optim;

import dev.unroll.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Saved state: what is said about one that does not fit. */
final class States {
  /** Up to here, every whole number is a double. */
  private static final double EXACT = 0x1p53;

  private States() {}

  /**
   * Compares names, types and shapes.
   *
   * @throws IllegalArgumentException if they differ
   */
  static void check(Map<String, Tensor> expected, Map<String, Tensor> given) {
    TreeSet<String> missing = new TreeSet<>(expected.keySet());
    missing.removeAll(given.keySet());
    TreeSet<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(expected.keySet());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "[restore] the state does not match: missing " + missing + ", unknown " + unknown);
    }
    expected.forEach((name, e) -> {
      Tensor g = get(name, given);
      if (g.type() != e.type() || !g.shape().equals(e.shape())) {
        throw new IllegalArgumentException(
            "[restore] \""
                + name
                + "\" must be "
                + e.type()
                + " "
                + e.shape()
                + ", given "
                + g.type()
                + " "
                + g.shape());
      }
    });
  }

  static Tensor get(String name, Map<String, Tensor> state) {
    return Objects.requireNonNull(state.get(name));
  }

  /**
   * Returns a number of updates.
   *
   * @throws IllegalArgumentException if it is negative, a fraction, or too large to be exact
   */
  static long count(String name, Map<String, Tensor> state) {
    double n = get(name, state).item();
    if (!(n >= 0 && n <= EXACT && n == Math.rint(n))) {
      throw new IllegalArgumentException(
          "[restore] expected \"" + name + "\" to be a count of at least 0, got " + n);
    }
    return (long) n;
  }
}
