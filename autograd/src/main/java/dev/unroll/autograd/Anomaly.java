package dev.unroll.autograd;

import dev.unroll.autograd.graph.Scope;
import java.util.function.Supplier;

/**
 * Finds the origin of NaN and infinite values. Inside {@link #detect}, the first operation that
 * returns NaN or infinity, forward or backward, throws an exception with the operation, its shapes
 * and the line that applied it. This is slow, and meant for debugging; outside it costs nothing.
 */
public final class Anomaly {
  private Anomaly() {}

  /**
   * Runs a task with detection enabled, which should include the backward pass. The lines of
   * operations that were recorded outside are unknown.
   *
   * @throws ArithmeticException at the first NaN or infinity
   */
  public static <R> R detect(Supplier<R> body) {
    return Scope.current().watching(true).call(body);
  }
}
