package dev.unroll.layers.recurrent.foreign;

import dev.unroll.autograd.Parameter;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.cells.Activations;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.OriginalGruCell;
import dev.unroll.layers.recurrent.cells.PeepholeLstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The weight format of another library's recurrent cells: converts its weights to cells, and cells
 * to its weights. A weight is a concatenation of the gates, in the library's order.
 *
 * {@snippet class="snippets.CheckTest" region="ForeignWeights"}
 *
 * <p>Biases are optional. None: the cell has zeros, which are ordinary, trainable parameters. One
 * {@code [gates H]}: the input bias. Two {@code [gates H]}: the input and the recurrent bias,
 * folded into one if the cell adds them. Both in one tensor: {@code [2, gates H]} as Keras stores
 * those of a GRU, or {@code [2 gates H]} as ONNX does (one direction of {@code B}).
 *
 * <p>All methods throw an {@link IllegalArgumentException} with the expected and actual shapes if a
 * tensor is null or a shape does not match, and check everything before creating a cell. To load
 * all layers of a PyTorch module by name, use {@link PyTorchWeights}.
 *
 * @param gatesOfLstm the positions of gates i, f, g, o
 * @param gatesOfGru the positions of gates r, z, n
 * @param layout the axis of the gates
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

  private static final List<Integer> ONE = List.of(0);

  /** The axis of a weight along which the gates are concatenated. */
  public enum Layout {
    /** {@code [gates H, I]}: PyTorch and ONNX. */
    ROWS,
    /** {@code [I, gates H]}: Keras, and Unroll. */
    COLUMNS
  }

  /**
   * The weights of a cell in the format of another library.
   *
   * @param input {@code [gates H, I]}, or {@code [I, gates H]} in columns
   * @param recurrent {@code [gates H, H]}, or {@code [H, gates H]} in columns
   * @param biasInput {@code [gates H]}
   * @param biasRecurrent {@code [gates H]}
   */
  public record Weights(Tensor input, Tensor recurrent, Tensor biasInput, Tensor biasRecurrent) {
    /** Checks for null. */
    public Weights {
      Objects.requireNonNull(input, "input");
      Objects.requireNonNull(recurrent, "recurrent");
      Objects.requireNonNull(biasInput, "biasInput");
      Objects.requireNonNull(biasRecurrent, "biasRecurrent");
    }
  }

  /**
   * Checks the orders.
   *
   * @throws IllegalArgumentException if one is not a permutation of 4 and of 3 gates
   */
  public ForeignWeights {
    Objects.requireNonNull(gatesOfLstm, "gatesOfLstm")
        .forEach(each -> Objects.requireNonNull(each, "gatesOfLstm"));
    Objects.requireNonNull(gatesOfGru, "gatesOfGru")
        .forEach(each -> Objects.requireNonNull(each, "gatesOfGru"));
    Objects.requireNonNull(layout, "layout");
    gatesOfLstm = permutation(4, gatesOfLstm);
    gatesOfGru = permutation(3, gatesOfGru);
  }

  private static List<Integer> permutation(int n, List<Integer> order) {
    if (!order.stream().sorted().toList().equals(IntStream.range(0, n).boxed().toList())) {
      throw new IllegalArgumentException(
          "[foreignWeights] expected a permutation of " + n + " gates, got " + order);
    }
    return List.copyOf(order);
  }

  /**
   * Returns an LSTM.
   *
   * @param w of the input
   * @param u of the recurrent product
   * @param biases none, one, or two
   */
  public LstmCell lstm(Tensor w, Tensor u, Tensor... biases) {
    ForeignCell f = ForeignCell.of("lstm", gatesOfLstm, layout, w, u, biases);
    return new LstmCell(f.weightInput(), f.weightRecurrent(), f.bias());
  }

  /**
   * Returns an LSTM with peepholes.
   *
   * @param peepholes {@code [3H]}: of i, f and o, in the gate order of the format
   */
  public PeepholeLstmCell peepholeLstm(
      Tensor w, Tensor u, Tensor biasInput, Tensor biasRecurrent, Tensor peepholes) {
    LstmCell plain = lstm(w, u, biasInput, biasRecurrent);
    List<Integer> three = List.of(0, 1, 3); // i, f, o among i, f, g, o
    List<Integer> order = new ArrayList<>();
    for (int gate : three) {
      int before = gatesOfLstm.get(gate);
      order.add((int) three.stream().filter(other -> gatesOfLstm.get(other) < before).count());
    }
    Shape expected = Shape.of(3 * plain.outputSize());
    ForeignCell.expect("peepholeLstm", "peepholes", expected, "[3H]", peepholes);
    return new PeepholeLstmCell(
        plain.weightInput(),
        plain.weightRecurrent(),
        plain.bias(),
        new Parameter(ForeignCell.gates(order, peepholes, 0)),
        plain.activations());
  }

  /**
   * Returns a GRU that resets after the recurrent product, with a separate recurrent bias of the
   * candidate: that of PyTorch, of Keras with {@code reset_after}, of ONNX with {@code
   * linear_before_reset}.
   *
   * @param biases none, one, or two
   */
  public GruCell gru(Tensor w, Tensor u, Tensor... biases) {
    ForeignCell f = ForeignCell.of("gru", gatesOfGru, layout, w, u, biases);
    int h = f.size();
    Tensor gates = Join.pad(f.biasRecurrent().slice(0, 0, 2 * h), 0, 0, 3 * h);
    return new GruCell(
        f.weightInput(),
        f.weightRecurrent(),
        new Parameter(f.biasInput().add(gates)),
        new Parameter(f.biasRecurrent().slice(0, 2 * h, 3 * h)));
  }

  /** Returns a GRU that resets before the recurrent product. */
  public OriginalGruCell originalGru(Tensor w, Tensor u, Tensor... biases) {
    ForeignCell f = ForeignCell.of("originalGru", gatesOfGru, layout, w, u, biases);
    int h = f.size();
    return new OriginalGruCell(
        f.weightInput(),
        new Parameter(f.recurrent().slice(1, 0, 2 * h)),
        new Parameter(f.recurrent().slice(1, 2 * h, 3 * h)),
        f.bias(),
        Activations.usual());
  }

  /** Returns a simple recurrent cell with tanh. */
  public RnnCell rnn(Tensor w, Tensor u, Tensor... biases) {
    return rnn(Activation.tanh(), w, u, biases);
  }

  /** Returns a simple recurrent cell, for example one with {@link Activation#relu}. */
  public RnnCell rnn(Activation activation, Tensor w, Tensor u, Tensor... biases) {
    ForeignCell f = ForeignCell.of("rnn", ONE, layout, w, u, biases);
    return new RnnCell(f.weightInput(), f.weightRecurrent(), f.bias(), activation);
  }

  /**
   * Returns a linear layer. In rows the weight is {@code [O, I]}, as in PyTorch's {@code
   * nn.Linear}, and is transposed; in columns it is {@code [I, O]}, as in Keras' {@code Dense}.
   *
   * @param biases none, or one {@code [O]}
   */
  public Linear linear(Tensor weight, Tensor... biases) {
    Tensor w = ForeignCell.columns("linear", layout, "weight", weight);
    Shape size = Shape.of(w.shape().dim(1));
    if (biases.length > 1) {
      throw new IllegalArgumentException(
          "[foreignWeights] linear: expected at most one bias, got " + biases.length);
    }
    for (Tensor bias : biases) {
      ForeignCell.expect("linear", "bias", size, "[O]", bias);
    }
    Tensor bias = biases.length == 0 ? Tensor.zeros(w.type(), size) : biases[0];
    return new Linear(new Parameter(w), new Parameter(bias));
  }

  /** Returns the weights of an LSTM; its one bias is that of the input. */
  public Weights weights(LstmCell cell) {
    return weights(gatesOfLstm, cell.weightInput(), cell.weightRecurrent(), cell.bias());
  }

  /** Returns the weights of a GRU; the bias of its candidate is that of the recurrent product. */
  public Weights weights(GruCell cell) {
    Weights plain = weights(gatesOfGru, cell.weightInput(), cell.weightRecurrent(), cell.bias());
    int h = cell.outputSize();
    Tensor candidate = Join.pad(cell.biasCandidate().value(), 0, 2 * h, 3 * h);
    Tensor recurrent = ForeignCell.ungated(gatesOfGru, candidate, 0);
    return new Weights(plain.input, plain.recurrent, plain.biasInput, recurrent);
  }

  /** Returns the weights of a simple recurrent cell; its one bias is that of the input. */
  public Weights weights(RnnCell cell) {
    return weights(ONE, cell.weightInput(), cell.weightRecurrent(), cell.bias());
  }

  private Weights weights(List<Integer> order, Parameter w, Parameter u, Parameter bias) {
    return new Weights(
        outward(order, w.value()),
        outward(order, u.value()),
        ForeignCell.ungated(order, bias.value(), 0),
        Tensor.zeros(bias.type(), bias.shape()));
  }

  private Tensor outward(List<Integer> order, Tensor columns) {
    Tensor theirs = ForeignCell.ungated(order, columns, 1);
    return layout == Layout.ROWS ? theirs.transpose(0, 1).contiguous() : theirs;
  }
}
