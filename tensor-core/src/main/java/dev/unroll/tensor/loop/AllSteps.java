package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.loop.Buffer.Lifetime;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a step and of the steps after it as one matrix: rows of all steps are evenly spaced.
 *
 * @param rows of one step
 */
record AllSteps(Location location, int rows, int rowStride, int columns, int columnStride) {
  /**
   * Returns all steps of an operand of rank 2, or null if its rows are not evenly spaced. If a step
   * has one row, the distance of steps counts, regardless of the stride of its axis.
   *
   * @param buffer the buffer of the operand
   */
  static @Nullable AllSteps of(Operand p, Buffer buffer) {
    if (buffer.lifetime == Lifetime.STEP) {
      return null; // It holds one step at a time.
    }
    Layout l = p.layout();
    int step = buffer.lifetime == Lifetime.ONCE ? 0 : buffer.size();
    int rows = l.dim(0);
    if (rows != 1 && rows * l.stride(0) != step) {
      return null;
    }
    return new AllSteps(p.location(), rows, rows == 1 ? step : l.stride(0), l.dim(1), l.stride(1));
  }
}
