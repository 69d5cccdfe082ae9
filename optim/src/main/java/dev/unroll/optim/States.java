package dev.unroll.optim;

import dev.unroll.tensor.Reduction;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Checks saved state, and reports mismatches. */
final class States {
  /** Up to this value, every integer is representable as a double. */
  private static final double EXACT = 0x1p53;

  private States() {}

  /**
   * Compares names, types and shapes.
   *
   * @throws IllegalArgumentException if they differ
   */
  static void check(Map<String, Tensor> expected, Map<String, Tensor> given) {
    Checks.noneNull("state", given);
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
   * Compares the values of one tensor.
   *
   * @throws IllegalArgumentException if they differ
   */
  static void same(String name, Tensor expected, Map<String, Tensor> state) {
    Tensor given = get(name, state);
    if (!given.sameBits(expected)) {
      throw new IllegalArgumentException(
          "[restore] \""
              + name
              + "\" expected "
              + Arrays.toString(expected.toDoubles())
              + ", got "
              + Arrays.toString(given.toDoubles()));
    }
  }

  /**
   * Checks the state of a parameter.
   *
   * @throws IllegalArgumentException if a value is NaN or infinite, or negative where that is
   *     impossible
   */
  static void finite(String name, Map<String, Tensor> state, boolean notNegative) {
    Tensor t = get(name, state);
    if (t.shape().size() == 0) {
      return;
    }
    double least = Reduction.min(t).item();
    double largest = Reduction.max(t).item();
    boolean finite = least > Double.NEGATIVE_INFINITY && largest < Double.POSITIVE_INFINITY;
    if (!finite || (notNegative && least < 0)) {
      throw new IllegalArgumentException(
          "[restore] expected \""
              + name
              + "\" to have finite values"
              + (notNegative ? " of at least 0" : "")
              + ", got some from "
              + least
              + " to "
              + largest);
    }
  }

  /**
   * Returns a number of updates.
   *
   * @throws IllegalArgumentException if it is negative, fractional, or too large to be exact
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
