package dev.unroll.layers.conv;

import java.util.Arrays;

/**
 * The window of a convolution or pooling along one axis.
 *
 * {@snippet class="snippets.ConvTest" region="Window"}
 *
 * @param size the number of elements, at least 1
 * @param stride the distance of positions, at least 1
 * @param dilation the distance of elements, at least 1
 * @param before the padding at the beginning
 * @param after the padding at the end
 */
public record Window(int size, int stride, int dilation, int before, int after) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range, or the window or its padding has more
   *     than 2^31-1 elements
   */
  public Window {
    if (Math.min(size, Math.min(stride, dilation)) < 1 || Math.min(before, after) < 0) {
      throw new IllegalArgumentException(
          "[window] size, stride and dilation must be at least 1, padding at least 0: "
              + size
              + ", "
              + stride
              + ", "
              + dilation
              + ", "
              + before
              + " and "
              + after);
    }
    long reach = dilation * (size - 1L) + 1;
    if (Math.max(reach, (long) before + after) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "[window] expected it to reach over at most 2^31-1 elements, and as much padding, got size "
              + size
              + ", dilation "
              + dilation
              + ", padding "
              + before
              + " and "
              + after);
    }
  }

  /** Returns a window of stride 1 without padding. */
  public static Window of(int size) {
    return new Window(size, 1, 1, 0, 0);
  }

  /** Returns a window whose stride is its size, for pooling without overlap. */
  public static Window adjacent(int size) {
    return of(size).stride(size);
  }

  /** Returns a copy with another stride. */
  public Window stride(int elements) {
    return new Window(size, elements, dilation, before, after);
  }

  /** Returns a copy with another dilation (Yu &amp; Koltun 2016, arXiv:1511.07122). */
  public Window dilation(int elements) {
    return new Window(size, stride, elements, before, after);
  }

  /** Returns a copy with padding at both ends. */
  public Window padding(int elements) {
    return new Window(size, stride, dilation, elements, elements);
  }

  /** Returns a copy with the padding that, at a stride of 1, preserves the length. */
  public Window same() {
    int all = reach() - 1;
    return new Window(size, stride, dilation, all / 2, all - all / 2);
  }

  /**
   * Returns a copy with padding at the beginning only, so that no position depends on later
   * elements.
   */
  public Window causal() {
    return new Window(size, stride, dilation, reach() - 1, 0);
  }

  private int reach() {
    return dilation * (size - 1) + 1;
  }

  /**
   * Returns the length of the output on an axis: the number of positions of the window.
   *
   * @throws IllegalArgumentException if the window does not fit, or the axis with its padding has
   *     more than 2^31-1 elements
   */
  public int outputLength(int length) {
    long padded = padded(length);
    if (padded < reach()) {
      throw new IllegalArgumentException(
          "[window] " + this + " does not fit into " + length + " elements");
    }
    if (padded > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "[window] expected at most 2^31-1 elements with padding, got " + padded + " of " + this);
    }
    return (int) (padded - reach()) / stride + 1;
  }

  private long padded(int length) {
    return (long) length + before + after;
  }

  /**
   * Returns the number of positions on sequences of some lengths, 0 where the window does not fit.
   */
  int[] lengths(int... lengths) {
    return Arrays.stream(lengths).map(n -> padded(n) < reach() ? 0 : outputLength(n)).toArray();
  }

  /** Returns whether a position has elements other than padding. */
  boolean sees(int place, int length) {
    for (int i = 0; i < size; i++) {
      if (at(place, i, length) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns the index of an element of the window, -1 for padding. */
  int at(int place, int seen, int length) {
    int i = place * stride + seen * dilation - before;
    return i < 0 || i >= length ? -1 : i;
  }
}
