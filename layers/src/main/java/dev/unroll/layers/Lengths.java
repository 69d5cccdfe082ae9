package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * Sequence lengths: the number of valid steps of each sequence of a batch.
 *
 * {@snippet class="snippets.LayersTest" region="Lengths"}
 */
public final class Lengths {
  private Lengths() {}

  /**
   * Returns 1 for the valid steps and 0 for padding, {@code [B, T]}.
   *
   * @param what a name for messages
   * @param x the shape of the sequences, {@code [B, T, ...]}
   * @param lengths the number of valid steps of each, 0 to T, in any order
   * @throws IllegalArgumentException if the number of lengths is not B, or a length is out of range
   */
  public static Tensor mask(String what, Shape x, DType type, int... lengths) {
    if (x.rank() < 2) {
      throw new IllegalArgumentException("[" + what + "] expected [B, T, ...], got " + x);
    }
    int batch = x.dim(0);
    int steps = x.dim(1);
    Objects.requireNonNull(lengths, "lengths");
    if (lengths.length != batch || Arrays.stream(lengths).anyMatch(n -> n < 0 || n > steps)) {
      throw new IllegalArgumentException(
          "["
              + what
              + "] expected "
              + batch
              + " lengths from 0 to "
              + steps
              + ", got "
              + Arrays.toString(lengths));
    }
    float[] mask = new float[batch * steps];
    for (int b = 0; b < batch; b++) {
      Arrays.fill(mask, b * steps, b * steps + lengths[b], 1);
    }
    return Tensor.of(Shape.of(batch, steps), mask).to(type);
  }

  /**
   * Returns sequences whose padding is replaced by the first step of each, detached: a layer's
   * results there are finite if they are for that step, and no gradient flows back. A constant
   * would not do: a layer with a logarithm turns a gradient of 0 at 0 into NaN. A sequence of
   * length 0 uses the first step of another; if all are empty, padding is 1 (0 in an integer type).
   *
   * @param what a name for messages
   * @param x {@code [B, T, ...]}; padding may have any value
   * @param lengths the number of valid steps of each, 0 to T, in any order
   * @throws IllegalArgumentException if the number of lengths is not B, or a length is out of range
   */
  public static Variable filled(String what, Variable x, int[] lengths) {
    Tensor mask = mask(what, Objects.requireNonNull(x, "x").shape(), DType.FLOAT32, lengths);
    int batch = x.shape().dim(0);
    int steps = x.shape().dim(1);
    if (Arrays.stream(lengths).allMatch(n -> n == steps)) {
      return x;
    }
    int donor = 0;
    while (donor < batch && lengths[donor] == 0) {
      donor++;
    }
    if (donor == batch) {
      return Variable.of(Tensor.full(x.type(), x.shape(), x.type().isFloating() ? 1 : 0));
    }
    int[] from = new int[batch * steps];
    int[] first = new int[batch];
    for (int b = 0; b < batch; b++) {
      first[b] = (lengths[b] == 0 ? donor : b) * steps;
      for (int t = 0; t < steps; t++) {
        from[b * steps + t] = t < lengths[b] ? b * steps + t : first[b];
      }
    }
    int[] dims = x.shape().dims();
    int width = Arrays.stream(dims, 2, dims.length).reduce(1, Math::multiplyExact);
    Variable rows = x.detach().reshape(Shape.of(batch * steps, width));
    if (!x.type().isFloating()) {
      return rows.gather(ids(from)).reshape(x.shape());
    }
    return x.where(column(mask, x), rows.gather(ids(first)).reshape(x.shape().with(1, 1)));
  }

  /**
   * Returns sequences whose padding is replaced by a value.
   *
   * @param what a name for messages
   * @param x {@code [B, T, ...]} of a floating-point type
   * @param value replaces padding
   * @throws IllegalArgumentException if the number of lengths is not B, or a length is out of range
   */
  public static Variable filled(String what, Variable x, double value, int[] lengths) {
    Tensor mask = mask(what, Objects.requireNonNull(x, "x").shape(), DType.FLOAT32, lengths);
    boolean full = Arrays.stream(lengths).allMatch(n -> n == x.shape().dim(1));
    return full ? x : x.where(column(mask, x), Variable.scalar(x.type(), value));
  }

  /** Returns a mask {@code [B, T]} with the rank and type of sequences. */
  private static Variable column(Tensor mask, Variable x) {
    int[] dims = new int[x.shape().rank()];
    Arrays.fill(dims, 1);
    dims[0] = x.shape().dim(0);
    dims[1] = x.shape().dim(1);
    return Variable.of(mask.to(x.type()).reshape(dims));
  }

  private static Variable ids(int... ids) {
    return Variable.of(Tensor.of(Shape.of(ids.length), ids));
  }
}
