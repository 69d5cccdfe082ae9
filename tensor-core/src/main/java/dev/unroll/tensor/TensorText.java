package dev.unroll.tensor;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Formats tensors: type, shape, and the first and last few elements along each axis. */
final class TensorText {
  private static final int EDGE = 3;

  private final StringBuilder text = new StringBuilder();
  private final boolean floating;
  private final Shape shape;
  private final ToDoubleFunction<int[]> element;
  private final int[] at;

  private TensorText(boolean floating, Shape shape, ToDoubleFunction<int[]> element) {
    this.floating = floating;
    this.shape = shape;
    this.element = element;
    at = new int[shape.rank()];
  }

  /**
   * Returns the text of a tensor.
   *
   * @param element returns the element at a position
   */
  static String of(DType type, Shape shape, ToDoubleFunction<int[]> element) {
    TensorText t = new TensorText(type.isFloating(), shape, element);
    t.append(0);
    return type + "" + shape + " " + t.text;
  }

  private void append(int axis) {
    if (axis == at.length) {
      double v = element.applyAsDouble(at);
      text.append(floating ? String.format(Locale.ROOT, "%.5g", v) : String.valueOf((int) v));
      return;
    }
    int n = shape.dim(axis);
    text.append('[');
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        text.append(", ");
      }
      if (n > 2 * EDGE && i == EDGE) {
        text.append("...");
        i = n - EDGE - 1;
      } else {
        at[axis] = i;
        append(axis + 1);
      }
    }
    text.append(']');
  }
}
