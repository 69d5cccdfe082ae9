package dev.unroll.optim;

import dev.unroll.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Saved state: what is said about one that does not fit. */
final class States {
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
          "[restore] the state is of something else: missing " + missing + ", unknown " + unknown);
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

  /** Returns a number of updates. */
  static long count(String name, Map<String, Tensor> state) {
    return (long) get(name, state).item();
  }
}
