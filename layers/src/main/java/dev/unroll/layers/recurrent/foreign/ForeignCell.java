package dev.unroll.layers.recurrent.foreign;

import dev.unroll.autograd.Parameter;
import dev.unroll.layers.recurrent.foreign.ForeignWeights.Layout;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The checked tensors of one cell of another library, in the layout and the order of gates of this
 * one.
 *
 * @param input {@code [I, gates H]}
 * @param recurrent {@code [H, gates H]}
 * @param biasInput {@code [gates H]}
 * @param biasRecurrent {@code [gates H]}
 */
record ForeignCell(Tensor input, Tensor recurrent, Tensor biasInput, Tensor biasRecurrent) {

  static ForeignCell of(
      String what, List<Integer> order, Layout layout, Tensor w, Tensor u, Tensor... biases) {
    Tensor in = columns(what, layout, "w", w);
    Tensor past = columns(what, layout, "u", u);
    int h = past.shape().dim(0);
    int all = order.size() * h;
    if (past.shape().dim(1) != all || in.shape().dim(1) != all) {
      throw new IllegalArgumentException(misfit(what, order.size(), layout, w.shape(), u.shape()));
    }
    List<Tensor> two = biases(what, order.size(), Tensor.zeros(w.type(), Shape.of(all)), biases);
    for (Tensor t : List.of(u, two.get(0), two.get(1))) {
      if (t.type() != w.type() || !t.type().isFloating()) {
        throw new IllegalArgumentException(
            start(what) + "expected tensors of one type, got " + w.type() + " and " + t.type());
      }
    }
    return new ForeignCell(
        gates(order, in, 1),
        gates(order, past, 1),
        gates(order, two.get(0), 0),
        gates(order, two.get(1), 0));
  }

  int size() {
    return recurrent.shape().dim(0);
  }

  Parameter weightInput() {
    return new Parameter(input);
  }

  Parameter weightRecurrent() {
    return new Parameter(recurrent);
  }

  /** Returns both biases as one. */
  Parameter bias() {
    return new Parameter(biasInput.add(biasRecurrent));
  }

  private static String start(String what) {
    return "[foreignWeights] " + what + ": ";
  }

  private static String misfit(String what, int gates, Layout layout, Shape w, Shape u) {
    String all = gates == 1 ? "H" : gates + "H";
    boolean rows = layout == Layout.ROWS;
    // In the other layout, the gates are on the other axis of w and u.
    int axis = rows ? 1 : 0;
    boolean other = w.dim(axis) == u.dim(axis) && u.dim(axis) == gates * u.dim(1 - axis);
    boolean agree = w.dim(1 - axis) == u.dim(1 - axis);
    int found = agree && u.dim(axis) > 0 ? u.dim(1 - axis) / u.dim(axis) : 0;
    boolean whole = found * u.dim(axis) == u.dim(1 - axis);
    return start(what)
        + "expected w and u of "
        + (rows
            ? "[" + all + ", I] and [" + all + ", H] (rows, as in PyTorch and ONNX)"
            : "[I, " + all + "] and [H, " + all + "] (columns, as in Keras)")
        + ", got "
        + w
        + " and "
        + u
        + (other
            ? rows ? ": columns, as in Keras" : ": rows, as in PyTorch and ONNX"
            : whole ? kind(found) : "");
  }

  /** Returns the kind of cell with a number of gates; empty if there is none. */
  private static String kind(int gates) {
    return switch (gates) {
      case 1 -> ": of one gate, as of a simple recurrent cell";
      case 3 -> ": of 3 gates, as of a GRU";
      case 4 -> ": of 4 gates, as of an LSTM";
      default -> "";
    };
  }

  /** Returns the bias of the input and that of the recurrent product. */
  private static List<Tensor> biases(String what, int gates, Tensor zeros, Tensor... given) {
    Shape one = zeros.shape();
    int all = one.dim(0);
    for (Tensor t : given) {
      present(what, "bias", t);
    }
    if (given.length == 0) {
      return List.of(zeros, zeros);
    }
    Shape first = given[0].shape();
    if (given.length == 1 && first.equals(one)) {
      return List.of(given[0], zeros);
    }
    if (given.length == 1 && (first.equals(Shape.of(2, all)) || first.equals(Shape.of(2 * all)))) {
      Tensor both = given[0].reshape(2, all);
      return List.of(both.select(0, 0), both.select(0, 1));
    }
    if (given.length == 2 && first.equals(one) && given[1].shape().equals(one)) {
      return List.of(given);
    }
    String name = gates == 1 ? "H" : gates + "H";
    throw new IllegalArgumentException(
        start(what)
            + "expected no bias, one or two of "
            + one
            + " ("
            + name
            + "), or both as [2, "
            + all
            + "] or ["
            + 2 * all
            + "], got "
            + Arrays.stream(given).map(Tensor::shape).toList());
  }

  /** Returns a weight in columns, whatever its layout. */
  static Tensor columns(String what, Layout layout, String name, Tensor t) {
    if (present(what, name, t).shape().rank() != 2) {
      throw new IllegalArgumentException(
          start(what) + "expected " + name + " of rank 2, got " + t.shape());
    }
    return layout == Layout.ROWS ? t.transpose(0, 1) : t;
  }

  /** Checks the shape of a tensor. */
  static void expect(String what, String name, Shape shape, String form, Tensor t) {
    if (!present(what, name, t).shape().equals(shape)) {
      throw new IllegalArgumentException(
          start(what) + "expected " + name + " " + shape + " (" + form + "), got " + t.shape());
    }
  }

  @SuppressWarnings("ConstantValue") // Callers without null checks may pass on a missing tensor.
  private static Tensor present(String what, String name, Tensor t) {
    if (t == null) {
      throw new IllegalArgumentException(
          start(what) + "expected a tensor for " + name + ", got null: is it in the file?");
    }
    return t;
  }

  /** Returns gates in the order of this library, from that of another. */
  static Tensor gates(List<Integer> order, Tensor t, int axis) {
    int h = t.shape().dim(axis) / order.size();
    return Join.concat(axis, order.stream().map(g -> t.slice(axis, g * h, (g + 1) * h)).toList());
  }

  /** Returns gates in the order of another library. */
  static Tensor ungated(List<Integer> order, Tensor t, int axis) {
    return gates(IntStream.range(0, order.size()).map(order::indexOf).boxed().toList(), t, axis);
  }
}
