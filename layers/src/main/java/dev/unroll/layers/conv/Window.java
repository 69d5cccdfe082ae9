package dev.unroll.layers.conv;

import java.util.Arrays;

/**
 * What moves along one axis, in steps: which elements a convolution or a pooling sees at once.
 *
 * @param size elements that are seen, at least 1
 * @param stride elements from one place to the next, at least 1
 * @param dilation elements from one that is seen to the next, at least 1
 * @param before elements of padding in front
 * @param after elements of padding behind
 */
public record Window(int size, int stride, int dilation, int before, int after) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is outside, or the window or its padding has more than
   *     2^31-1 elements
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

  /** Returns a window that moves by single elements, without padding. */
  public static Window of(int size) {
    return new Window(size, 1, 1, 0, 0);
  }

  /** Returns a window beside window, for pooling: each element is seen once. */
  public static Window beside(int size) {
    return of(size).stride(size);
  }

  /** Returns the same with another stride. */
  public Window stride(int elements) {
    return new Window(size, elements, dilation, before, after);
  }

  /** Returns the same with another dilation (Yu &amp; Koltun 2016, arXiv:1511.07122). */
  public Window dilation(int elements) {
    return new Window(size, stride, elements, before, after);
  }

  /** Returns the same with padding at both ends. */
  public Window padding(int elements) {
    return new Window(size, stride, dilation, elements, elements);
  }

  /** Returns the same with so much padding that, at a stride of 1, the length stays. */
  public Window same() {
    int all = reach() - 1;
    return new Window(size, stride, dilation, all / 2, all - all / 2);
  }

  /** Returns the same with padding in front, so that no place sees what comes after it. */
  public Window causal() {
    return new Window(size, stride, dilation, reach() - 1, 0);
  }

  private int reach() {
    return dilation * (size - 1) + 1;
  }

  /**
   * Returns how many places there are on an axis: the new length of a sequence.
   *
   * @throws IllegalArgumentException if the window does not fit once, or the axis with its padding
   *     has more than 2^31-1 elements
   */
  public int places(int length) {
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
   * Returns how many places there are on sequences of some lengths, 0 where the window does not fit
   * once.
   */
  int[] lengths(int... lengths) {
    return Arrays.stream(lengths).map(n -> padded(n) < reach() ? 0 : places(n)).toArray();
  }

  /** Returns whether a place sees more than padding. */
  boolean sees(int place, int length) {
    for (int i = 0; i < size; i++) {
      if (at(place, i, length) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns the element that is seen, -1 where it is padding. */
  int at(int place, int seen, int length) {
    int i = place * stride + seen * dilation - before;
    return i < 0 || i >= length ? -1 : i;
  }
}
