package dev.unroll.autograd.graph;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks values and gradients for NaN and infinities where {@link Scope#watches} says so. */
public final class AnomalyDetector {
  private AnomalyDetector() {}

  /** Checks the result of an operation. */
  public static void checkForward(String name, Variable out, Variable... in) {
    String found = find(out);
    if (found != null) {
      throw error(name + " returned " + found, Origin.here(), out, in);
    }
  }

  /** Checks the gradient with respect to an input of an operation. */
  static void checkBackward(Node from, Variable d) {
    String found = find(d);
    if (found != null) {
      throw error(
          "the gradient of " + from.name() + " has " + found, from.origin, d, from.inputs());
    }
  }

  /** Checks the accumulated gradient with respect to a variable. */
  static void checkSum(Variable at, Variable sum) {
    String found = find(sum);
    if (found != null) {
      Node node = Internals.node(at);
      String name = node == null ? "a leaf" : "the result of " + node.name();
      throw error(
          "the accumulated gradient at " + name + " has " + found,
          node == null ? null : node.origin,
          sum);
    }
  }

  private static ArithmeticException error(
      String what, @Nullable Origin origin, Variable out, Variable... in) {
    String from =
        Arrays.stream(in).map(v -> v.type() + "" + v.shape()).collect(Collectors.joining(", "));
    ArithmeticException e =
        new ArithmeticException(
            "[anomaly] "
                + what
                + " of "
                + out.type()
                + out.shape()
                + (from.isEmpty() ? "" : "; inputs " + from)
                + "; applied at "
                + (origin == null ? "a line outside of Anomaly.detect" : origin));
    if (origin != null) {
      Throwable applied = new Throwable("applied here");
      applied.setStackTrace(origin.calls().toArray(StackTraceElement[]::new));
      e.initCause(applied);
    }
    return e;
  }

  private static @Nullable String find(Variable v) {
    Deferred deferred = Internals.deferred(v);
    if (deferred != null) { // Reading the value would compute it; its inputs suffice.
      return deferred.in().stream()
          .map(AnomalyDetector::find)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
    return v.type().isFloating() ? find(v.value()) : null;
  }

  private static @Nullable String find(Tensor t) {
    double[] x = t.toDoubles();
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i])) {
        return x[i] + " at element " + i;
      }
    }
    return null;
  }
}
