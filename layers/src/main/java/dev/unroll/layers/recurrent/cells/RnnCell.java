package dev.unroll.layers.recurrent.cells;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.tensor.DType;
import java.util.Objects;

/**
 * The simple recurrent network, {@code h' = tanh(x W + h U + b)} (Elman 1990, "Finding structure in
 * time", doi:10.1207/s15516709cog1402_1).
 *
 * {@snippet class="snippets.CellsTest" region="RnnCell"}
 *
 * @param weightInput W {@code [I, H]}
 * @param weightRecurrent U {@code [H, H]}
 * @param bias b {@code [H]}
 * @param activation tanh above
 */
public record RnnCell(
    Parameter weightInput, Parameter weightRecurrent, Parameter bias, Activation activation)
    implements Cell<Hidden> {

  /** Checks for null. */
  public RnnCell {
    Objects.requireNonNull(weightInput, "weightInput");
    Objects.requireNonNull(weightRecurrent, "weightRecurrent");
    Objects.requireNonNull(bias, "bias");
    Objects.requireNonNull(activation, "activation");
  }

  /** Creates a cell with tanh. */
  public RnnCell(Parameter weightInput, Parameter weightRecurrent, Parameter bias) {
    this(weightInput, weightRecurrent, bias, Activation.tanh());
  }

  /** Returns a cell with Glorot input weights, orthogonal recurrent ones and a bias of zero. */
  public static RnnCell of(int inputSize, int hiddenSize, Init init) {
    Objects.requireNonNull(init, "init");
    return new RnnCell(
        init.at("weightInput").glorot(inputSize, hiddenSize, 1),
        init.at("weightRecurrent").orthogonal(hiddenSize, 1),
        init.at("bias").zeros(hiddenSize));
  }

  /**
   * Returns a ReLU cell that initially preserves its state: the recurrent weights are the identity,
   * and the input weights normally distributed with standard deviation 0.001 (Le, Jaitly &amp;
   * Hinton 2015, "A simple way to initialize recurrent networks of rectified linear units",
   * arXiv:1504.00941).
   */
  public static RnnCell rectified(int inputSize, int hiddenSize, Init init) {
    return new RnnCell(
        init.at("weightInput").normal(0.001, inputSize, hiddenSize),
        init.at("weightRecurrent").identity(hiddenSize),
        init.at("bias").zeros(hiddenSize),
        Activation.relu());
  }

  @Override
  public int inputSize() {
    return weightInput.shape().dim(0);
  }

  @Override
  public int outputSize() {
    return weightRecurrent.shape().dim(0);
  }

  @Override
  public Hidden initialState(int batch, DType type) {
    return new Hidden(Cell.zeros(type, batch, outputSize()));
  }

  @Override
  public Step<Hidden> step(Variable x, Hidden s, Mode mode) {
    Variable z = x.matmul(weightInput).add(s.h().matmul(weightRecurrent)).add(bias);
    Variable h = activation.apply(z);
    return new Step<>(h, new Hidden(h));
  }

  @Override
  public void describe(Parts parts) {
    parts
        .parameter("weightInput", weightInput)
        .parameter("weightRecurrent", weightRecurrent)
        .parameter("bias", bias);
  }

  @Override
  public String toString() {
    return Cell.text(this);
  }
}
