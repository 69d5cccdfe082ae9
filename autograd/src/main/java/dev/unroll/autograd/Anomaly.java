package dev.unroll.autograd;

import dev.unroll.autograd.graph.Scope;
import java.util.function.Supplier;

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
}
