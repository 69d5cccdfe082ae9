package dev.unroll.autograd;

import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds where numbers stop being numbers. Inside {@link #detect}, the first operation that returns
 * NaN or an infinity, forward or backward, is an error that names the operation, the shapes and the
 * line that applied it. It is slow, and meant for the hunt; outside it costs nothing.
 */
public final class Anomaly {
  private Anomaly() {}

  /**
   * Runs something and watches it. A backward pass is to run inside as well; the lines of
   * operations that were recorded outside are not known.
   *
   * @throws ArithmeticException at the first NaN or infinity
   */
  public static <R> R detect(Supplier<R> body) {
    return Scope.current().watching(true).call(body);
  }

  /** Checks what an operation returned. */
  static void checkForward(String name, Variable out, Variable... in) {
    String found = find(out);
    if (found != null) {
      throw error(name + " returned " + found, Origin.here(), out, in);
    }
  }

  /** Checks what an operation sends back to one of its inputs. */
  static void checkBackward(Node from, Variable d) {
    String found = find(d);
    if (found != null) {
      throw error(
          "the gradient of " + from.name() + " holds " + found, from.origin, d, from.inputs());
    }
  }

  /** Checks the sum of what arrived at a variable. */
  static void checkSum(Variable at, Variable sum) {
    String found = find(sum);
    if (found != null) {
      Node node = at.node();
      String name = node == null ? "a leaf" : "the result of " + node.name();
      throw error(
          "gradients that add up at " + name + " hold " + found,
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
    Variable.Deferred waits = v.deferred();
    if (waits != null) { // To look must not change what is computed: its inputs tell as much.
      return waits.in().stream()
          .map(Anomaly::find)
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
