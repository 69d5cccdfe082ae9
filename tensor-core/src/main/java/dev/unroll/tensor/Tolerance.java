package dev.unroll.tensor;

import java.util.Optional;

/**
 * How far a number may lie from the one expected: {@code |actual - expected| <= absolute + relative
 * |expected|}, as in {@code allclose} of NumPy and PyTorch. An infinity agrees with itself alone,
 * and so does NaN.
 *
 * {@snippet class="snippets.TensorTest" region="Tolerance"}
 *
 * @param absolute at least 0
 * @param relative at least 0
 */
public record Tolerance(double absolute, double relative) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is negative or NaN
   */
  public Tolerance {
    if (!(absolute >= 0 && relative >= 0)) {
      throw new IllegalArgumentException(
          "[tolerance] expected numbers of at least 0, got " + absolute + " and " + relative);
    }
  }

  /** Returns the tolerance {@code |actual - expected| <= size (1 + |expected|)}. */
  public static Tolerance of(double size) {
    return new Tolerance(size, size);
  }

  /** Returns whether a number is close enough to the one expected. */
  public boolean allows(double expected, double actual) {
    return Double.isFinite(expected)
        ? Math.abs(actual - expected) <= absolute + relative * Math.abs(expected)
        : Double.compare(expected, actual) == 0;
  }

  /** Returns the first difference in a sentence; none if the arrays agree. */
  public Optional<String> difference(double[] expected, double[] actual) {
    if (expected.length != actual.length) {
      return Optional.of("expected " + expected.length + " elements, got " + actual.length);
    }
    for (int i = 0; i < expected.length; i++) {
      if (!allows(expected[i], actual[i])) {
        return Optional.of("element " + i + ": expected " + expected[i] + ", got " + actual[i]);
      }
    }
    return Optional.empty();
  }

  /** Returns the first difference in a sentence; none if shapes and elements agree. */
  public Optional<String> difference(Tensor expected, Tensor actual) {
    return expected.shape().equals(actual.shape())
        ? difference(expected.toDoubles(), actual.toDoubles())
        : Optional.of("expected shape " + expected.shape() + ", got " + actual.shape());
  }
}
