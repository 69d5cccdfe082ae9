package dev.unroll.layers.recurrent.cells;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.tensor.DType;
import java.util.List;
import java.util.Objects;

/**
 * The gated recurrent unit as published, with the reset gate applied before the recurrent product
 * (Cho et al. 2014, "Learning phrase representations using RNN encoder-decoder", arXiv:1406.1078):
 *
 * <pre>
 * [r z n] = x W + b,  [r' z'] = h U
 * n' = tanh(n + (sigmoid(r + r') h) V)
 * h' = (1 - sigmoid(z + z')) n' + sigmoid(z + z') h
 * </pre>
 *
 * <p>{@link GruCell} needs one recurrent product instead of two.
 *
 * {@snippet class="snippets.CellsTest" region="OriginalGruCell"}
 *
 * @param weightInput W {@code [I, 3H]}, the gates in the order r, z, n
 * @param weightRecurrent U {@code [H, 2H]}, in the order r, z
 * @param weightCandidate V {@code [H, H]}
 * @param bias b {@code [3H]}
 * @param activations sigmoid and tanh above
 */
public record OriginalGruCell(
    Parameter weightInput,
    Parameter weightRecurrent,
    Parameter weightCandidate,
    Parameter bias,
    Activations activations)
    implements Cell<Hidden> {

  /** Checks for null. */
  public OriginalGruCell {
    Objects.requireNonNull(weightInput, "weightInput");
    Objects.requireNonNull(weightRecurrent, "weightRecurrent");
    Objects.requireNonNull(weightCandidate, "weightCandidate");
    Objects.requireNonNull(bias, "bias");
    Objects.requireNonNull(activations, "activations");
  }

  /** Returns a cell with Glorot input weights, orthogonal recurrent ones and a bias of zero. */
  public static OriginalGruCell of(int inputSize, int hiddenSize, Init init) {
    Objects.requireNonNull(init, "init");
    return new OriginalGruCell(
        init.at("weightInput").glorot(inputSize, hiddenSize, 3),
        init.at("weightRecurrent").orthogonal(hiddenSize, 2),
        init.at("weightCandidate").orthogonal(hiddenSize, 1),
        init.at("bias").zeros(3 * hiddenSize),
        Activations.usual());
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
    List<Variable> in = x.matmul(weightInput).add(bias).chunk(1, 3);
    List<Variable> past = s.h().matmul(weightRecurrent).chunk(1, 2);
    Variable r = activations.gate().apply(in.get(0).add(past.get(0)));
    Variable z = activations.gate().apply(in.get(1).add(past.get(1)));
    Variable kept = r.mul(s.h()).matmul(weightCandidate);
    Variable n = activations.candidate().apply(in.get(2).add(kept));
    Variable h = n.add(z.mul(s.h().sub(n))); // (1 - z) n + z h
    return new Step<>(h, new Hidden(h));
  }

  @Override
  public void describe(Parts parts) {
    parts
        .parameter("weightInput", weightInput)
        .parameter("weightRecurrent", weightRecurrent)
        .parameter("weightCandidate", weightCandidate)
        .parameter("bias", bias);
  }

  @Override
  public String toString() {
    return Cell.text(this);
  }
}
