package dev.unroll.data;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Combines sequences of different lengths into one tensor. */
final class Padding {
  private Padding() {}

  /**
   * Pads tensors to the longest and stacks them, {@code [n, longest, ...]}.
   *
   * @throws IllegalArgumentException if types differ, or if shapes differ in more than their first
   *     axis
   */
  static Tensor stack(String name, List<Tensor> parts, double padding) {
    Tensor first = parts.getFirst();
    Shape longest = first.shape();
    for (Tensor t : parts) {
      Shape s = t.shape();
      boolean alike =
          s.equals(longest)
              || (s.rank() > 0
                  && s.rank() == longest.rank()
                  && s.without(0).equals(longest.without(0)));
      if (!alike || t.type() != first.type()) {
        throw new IllegalArgumentException(
            "[batch] "
                + name
                + " may differ only in their length: "
                + first.type()
                + " "
                + first.shape()
                + " and "
                + t.type()
                + " "
                + s);
      }
      longest = s.rank() > 0 && s.dim(0) > longest.dim(0) ? s : longest;
    }
    return fill(first.type(), longest, parts, padding);
  }

  private static Tensor fill(DType type, Shape longest, List<Tensor> parts, double padding) {
    int[] dims = new int[longest.rank() + 1];
    dims[0] = parts.size();
    System.arraycopy(longest.dims(), 0, dims, 1, longest.rank());
    Shape shape = Shape.of(dims);
    int size = longest.size();
    if (type == DType.INT32) {
      int[] all = new int[shape.size()];
      Arrays.fill(all, (int) padding);
      for (int i = 0; i < parts.size(); i++) {
        int[] x = parts.get(i).toInts();
        System.arraycopy(x, 0, all, i * size, x.length);
      }
      return Tensor.of(shape, all);
    }
    double[] all = new double[shape.size()];
    Arrays.fill(all, padding);
    for (int i = 0; i < parts.size(); i++) {
      double[] x = parts.get(i).toDoubles();
      System.arraycopy(x, 0, all, i * size, x.length);
    }
    return Tensor.of(shape, all).to(type);
  }
}
