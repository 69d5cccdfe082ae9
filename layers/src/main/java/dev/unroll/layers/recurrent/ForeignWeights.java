package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * How another library stores the weights of recurrent cells, and cells made of them. A weight holds
 * the gates one after the other, in an order of its own; there is a bias for the input and one for
 * the recurrent product, which are folded into one where the cell adds them up.
 *
 * <pre>{@code
 * Tensor w = file.get("rnn.weight_ih_l0"); // [4H, I]
 * Tensor u = file.get("rnn.weight_hh_l0"); // [4H, H]
 * LstmCell cell = ForeignWeights.PYTORCH.lstm(w, u, biasInput, biasRecurrent);
 * }</pre>
 *
 * @param gatesOfLstm where gates i, f, g, o stand
 * @param gatesOfGru where gates r, z, n stand
 * @param layout which axis the gates lie along
 */
public record ForeignWeights(List<Integer> gatesOfLstm, List<Integer> gatesOfGru, Layout layout) {

  /** PyTorch: i, f, g, o and r, z, n, in rows. */
  public static final ForeignWeights PYTORCH =
      new ForeignWeights(List.of(0, 1, 2, 3), List.of(0, 1, 2), Layout.ROWS);

  /** ONNX: i, o, f, c and z, r, h, in rows. */
  public static final ForeignWeights ONNX =
      new ForeignWeights(List.of(0, 2, 3, 1), List.of(1, 0, 2), Layout.ROWS);

  /** Keras: i, f, c, o and z, r, h, in columns. */
  public static final ForeignWeights KERAS =
      new ForeignWeights(List.of(0, 1, 2, 3), List.of(1, 0, 2), Layout.COLUMNS);

  /** Which axis of a weight the gates lie along. */
  public enum Layout {
    /** {@code [gates H, I]}. */
    ROWS,
    /** {@code [I, gates H]}, as here. */
    COLUMNS
  }

  /**
   * Returns an LSTM.
   *
   * @param w of the input
   * @param u of the recurrent product
   * @param biasInput {@code [4H]}
   * @param biasRecurrent {@code [4H]}, added to that of the input
   * @throws IllegalArgumentException if the shapes are not those of one LSTM
   */
  public LstmCell lstm(Tensor w, Tensor u, Tensor biasInput, Tensor biasRecurrent) {
    Tensor bias = bias(gatesOfLstm, biasInput).add(bias(gatesOfLstm, biasRecurrent));
    return new LstmCell(weight(gatesOfLstm, w), weight(gatesOfLstm, u), new Parameter(bias));
  }

  /**
   * Returns an LSTM with peepholes.
   *
   * @param peepholes {@code [3H]}: of i, f and o, in the order in which this library has the gates
   */
  public PeepholeLstmCell peepholeLstm(
      Tensor w, Tensor u, Tensor biasInput, Tensor biasRecurrent, Tensor peepholes) {
    LstmCell plain = lstm(w, u, biasInput, biasRecurrent);
    List<Integer> three = List.of(0, 1, 3); // i, f, o among i, f, g, o
    List<Integer> order =
        three.stream()
            .map(gate ->
                (int)
                    three.stream()
                        .filter(other -> gatesOfLstm.get(other) < gatesOfLstm.get(gate))
                        .count())
            .toList();
    return new PeepholeLstmCell(
        plain.weightInput(),
        plain.weightRecurrent(),
        plain.bias(),
        new Parameter(bias(order, peepholes)),
        plain.activations());
  }

  /**
   * Returns a GRU that resets after the recurrent product, whose candidate keeps a bias of its own.
   *
   * @param biasInput {@code [3H]}
   * @param biasRecurrent {@code [3H]}
   */
  public GruCell gru(Tensor w, Tensor u, Tensor biasInput, Tensor biasRecurrent) {
    Tensor recurrent = bias(gatesOfGru, biasRecurrent);
    int h = recurrent.shape().dim(0) / 3;
    Tensor gates = Join.pad(recurrent.slice(0, 0, 2 * h), 0, 0, 3 * h);
    return new GruCell(
        weight(gatesOfGru, w),
        weight(gatesOfGru, u),
        new Parameter(bias(gatesOfGru, biasInput).add(gates)),
        new Parameter(recurrent.slice(0, 2 * h, 3 * h)));
  }

  /** Returns a GRU that resets before the recurrent product. */
  public OriginalGruCell originalGru(Tensor w, Tensor u, Tensor biasInput, Tensor biasRecurrent) {
    Tensor recurrent = weight(gatesOfGru, u).value();
    int h = recurrent.shape().dim(0);
    return new OriginalGruCell(
        weight(gatesOfGru, w),
        new Parameter(recurrent.slice(1, 0, 2 * h)),
        new Parameter(recurrent.slice(1, 2 * h, 3 * h)),
        new Parameter(bias(gatesOfGru, biasInput).add(bias(gatesOfGru, biasRecurrent))),
        Activations.usual());
  }

  /** Returns a simple recurrent cell. */
  public RnnCell rnn(Tensor w, Tensor u, Tensor biasInput, Tensor biasRecurrent) {
    List<Integer> one = List.of(0);
    return new RnnCell(weight(one, w), weight(one, u), new Parameter(biasInput.add(biasRecurrent)));
  }

  private Parameter weight(List<Integer> order, Tensor t) {
    if (t.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "[foreignWeights] expects a weight of rank 2, given " + t.shape());
    }
    Tensor columns = layout == Layout.ROWS ? t.transpose(0, 1) : t;
    return new Parameter(gates(order, columns, 1));
  }

  private static Tensor bias(List<Integer> order, Tensor t) {
    return gates(order, t, 0);
  }

  private static Tensor gates(List<Integer> order, Tensor t, int axis) {
    Shape shape = t.shape();
    if (shape.rank() != axis + 1 || shape.dim(axis) % order.size() != 0) {
      throw new IllegalArgumentException(
          "[foreignWeights] expects " + order.size() + " gates along axis " + axis + ": " + shape);
    }
    int h = shape.dim(axis) / order.size();
    return Join.concat(axis, order.stream().map(g -> t.slice(axis, g * h, (g + 1) * h)).toList());
  }
}
