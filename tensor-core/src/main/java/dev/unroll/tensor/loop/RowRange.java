package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Elements;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the batch that one thread computes, and its buffers.
 *
 * @param <A> the array type
 */
final class RowRange<A> {
  /** Elements of a tile. */
  static final int TILE = 1024;

  final int from;
  final int to;

  /** The number of parts that the rows are divided into. */
  final int parts;

  /** Of each register: its array, where that begins for the step, and where the tile lies now. */
  final A[] array;

  final int[] start;
  final int[] offset;

  private final Elements<A> elements;
  private final @Nullable Object[] buffers;

  @SuppressWarnings("unchecked")
  RowRange(Elements<A> elements, int rows, int part, int parts, int registers) {
    this.elements = elements;
    this.parts = parts;
    from = (int) ((long) rows * part / parts);
    to = (int) ((long) rows * (part + 1) / parts);
    array = (A[]) new Object[registers];
    start = new int[registers];
    offset = new int[registers];
    buffers = new @Nullable Object[registers];
  }

  @SuppressWarnings("unchecked")
  A buffer(int i) {
    Object b = buffers[i];
    if (b == null) {
      b = elements.allocate(TILE);
      buffers[i] = b;
    }
    return (A) b;
  }
}
