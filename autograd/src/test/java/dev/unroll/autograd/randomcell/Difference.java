package dev.unroll.autograd.randomcell;

import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import java.util.Arrays;
import java.util.Optional;

/**
 * Two ways that do not agree.
 *
 * @param way which way differs from the loop by hand
 * @param what differs: the name of a result, or that it throws
 */
record Difference(String way, String what, String detail) {

  /** Returns whether another difference is of the same kind: then a shrinker goes on with it. */
  boolean isLike(Difference other) {
    return way.equals(other.way) && kind(what).equals(kind(other.what));
  }

  private static String kind(String what) {
    return what.replaceAll("[0-9]+", "").strip();
  }

  @Override
  public String toString() {
    return way + ": " + what + ": " + detail;
  }

  /**
   * Compares values within {@code tolerance (1 + |expected|)}, or {@code slack} if that is more.
   */
  static Optional<Difference> of(
      String way, Results expected, Results actual, double tolerance, double[] slack) {
    if (expected.isThrown() || actual.isThrown()) {
      return thrown(way, expected, actual);
    }
    Tolerance rounding = Tolerance.of(tolerance);
    for (int i = 0; i < expected.values().size(); i++) {
      Tensor e = expected.values().get(i);
      Tensor a = actual.values().get(i);
      String what = expected.names().get(i);
      if (!e.shape().equals(a.shape())) {
        return Optional.of(
            new Difference(way, what, "shape " + a.shape() + ", expected " + e.shape()));
      }
      double[] x = e.toDoubles();
      double[] y = a.toDoubles();
      Tolerance explained = new Tolerance(slack[i], 0);
      for (int k = 0; k < x.length; k++) {
        if (!rounding.allows(x[k], y[k]) && !explained.allows(x[k], y[k])) {
          String detail =
              "element "
                  + k
                  + " is "
                  + y[k]
                  + ", expected "
                  + x[k]
                  + "; all "
                  + text(y)
                  + ", expected "
                  + text(x);
          return Optional.of(new Difference(way, what, detail));
        }
      }
    }
    return Optional.empty();
  }

  private static String text(double... all) {
    String s = Arrays.toString(Arrays.copyOf(all, Math.min(8, all.length)));
    return all.length > 8 ? s.replace("]", ", ...]") : s;
  }

  private static Optional<Difference> thrown(String way, Results expected, Results actual) {
    RuntimeException a = actual.thrown();
    RuntimeException e = expected.thrown();
    boolean clear =
        a instanceof IllegalArgumentException && String.valueOf(a.getMessage()).startsWith("[");
    if (expected.isThrown() && actual.isThrown() && clear) {
      return String.valueOf(a.getMessage()).equals(e.getMessage())
          ? Optional.empty()
          : Optional.of(new Difference(way, "message", a + ", expected " + e));
    }
    String at = a.getStackTrace().length == 0 ? "" : " at " + a.getStackTrace()[0];
    return Optional.of(
        new Difference(
            way,
            actual.isThrown() ? "throws " + a.getClass().getSimpleName() : "does not throw",
            actual.isThrown() ? a.getMessage() + at : "expected " + e));
  }
}
