package dev.unroll.tensor;

import java.util.Locale;

/** Formats tensors: type, shape, and the first and last few elements along each axis. */
final class TensorText {
  private static final int EDGE = 3;

  private TensorText() {}

  static String of(Tensor t) {
    StringBuilder s = new StringBuilder().append(t.type()).append(t.shape()).append(' ');
    if (t.isGone()) {
      return s.append("whose values are no longer valid").toString();
    }
    append(s, t);
    return s.toString();
  }

  private static void append(StringBuilder s, Tensor t) {
    if (t.shape().rank() == 0) {
      double v = t.item();
      s.append(
          t.type().isFloating() ? String.format(Locale.ROOT, "%.5g", v) : String.valueOf((int) v));
      return;
    }
    int n = t.shape().dim(0);
    s.append('[');
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        s.append(", ");
      }
      if (n > 2 * EDGE && i == EDGE) {
        s.append("...");
        i = n - EDGE - 1;
      } else {
        append(s, t.select(0, i));
      }
    }
    s.append(']');
  }
}
