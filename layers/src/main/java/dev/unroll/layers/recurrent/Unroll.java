package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Masks;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cell applied at every step of a sequence, with the same weights: {@code [B, T, I] -> [B, T,
 * H]}.
 *
 * <p>In place of a masked step the cell computes the first step of the sequence again, and the
 * result is discarded: see {@link Recurrent} for the consequences.
 *
 * {@snippet class="snippets.RecurrentTest" region="Unroll"}
 *
 * @param <S> the state of the cell
 */
public final class Unroll<S extends State<S>> implements Recurrent<S> {
  private final Cell<S> cell;
  private final Scan scan;
  private final boolean backward;
  private final boolean hooked;
  private final int offset;

  private Unroll(Cell<S> cell, Scan scan, boolean backward, boolean hooked, int offset) {
    this.cell = Objects.requireNonNull(cell, "cell");
    this.scan = scan;
    this.backward = backward;
    this.hooked = hooked;
    this.offset = offset;
  }

  /** Returns the cell unrolled from the first step to the last. */
  public static <S extends State<S>> Unroll<S> of(Cell<S> cell) {
    return new Unroll<>(cell, Scan.forward(), false, false, 0);
  }

  /** Returns the cell unrolled from the last step (of each sequence) to the first. */
  public static <S extends State<S>> Unroll<S> backward(Cell<S> cell) {
    return new Unroll<>(cell, Scan.backward(), true, false, 0);
  }

  /** Returns the cell. */
  public Cell<S> cell() {
    return cell;
  }

  /** Returns whether the last step is computed first. */
  public boolean isBackward() {
    return backward;
  }

  @Override
  public int inputSize() {
    return cell.inputSize();
  }

  @Override
  public int outputSize() {
    return cell.outputSize();
  }

  @Override
  public S initialState(int batch, DType type) {
    return InnerCell.initialState(cell, batch, type);
  }

  /** See {@link Scan#checkpointed}. */
  @Override
  public Unroll<S> checkpointed() {
    return new Unroll<>(cell, scan.checkpointed(), backward, hooked, offset);
  }

  /** See {@link Scan#eager}. */
  @Override
  public Unroll<S> eager() {
    return new Unroll<>(cell, scan.eager(), backward, hooked, offset);
  }

  @Override
  public Unroll<S> from(int time) {
    if (time < 0) {
      throw new IllegalArgumentException("[unroll] expected a time of at least 0, got " + time);
    }
    return new Unroll<>(cell, scan, backward, hooked, time);
  }

  /**
   * Returns a copy with a hook on the gradients with respect to the state after each step, whose
   * variables are indexed in the order of {@link State#map}: see {@link
   * dev.unroll.autograd.scan.GradientNorms}.
   */
  public Unroll<S> onGradient(Scan.Hook hook) {
    return new Unroll<>(cell, scan.onGradient(hook), backward, true, offset);
  }

  /** See {@link Scan#explain}. */
  @Override
  public String explain() {
    return scan.explain();
  }

  /** See {@link Scan#explain(String)}. */
  @Override
  public String explain(String pass) {
    return scan.explain(pass);
  }

  /**
   * Opens a session: the cell is applied step by step, as inputs {@code [B, I]} arrive, and outputs
   * {@code [B, H]}. It runs in evaluation mode, with one snapshot of the cell's parameters.
   *
   * {@snippet class="snippets.RecurrentTest" region="open"}
   *
   * @param batch B, the number of sequences that advance together, at least 0
   * @param type the type of inputs and outputs, which must be that of the weights
   * @throws IllegalArgumentException if the batch is negative, the type differs, or the cell cannot
   *     be planned; the message has the reason
   */
  public Session open(int batch, DType type) {
    return CellSession.open(cell, scan, batch, type);
  }

  @Override
  public Result<S> apply(Variable x, S state, Mode mode) {
    SequenceChecks.state(cell, state, SequenceChecks.input(x, inputSize()), x.type());
    return run(x.permute(1, 0, 2), null, state, mode);
  }

  @Override
  public Result<S> apply(Variable x, S state, Tensor mask, Mode mode) {
    Shape shape = SequenceChecks.input(x, inputSize());
    Tensor valid = Masks.checked("unroll", mask, shape.without(-1)).to(x.type());
    SequenceChecks.state(cell, state, shape, x.type());
    Padding padding = Padding.of(valid, backward);
    if (padding == null) {
      run(x.slice(1, 0, 0).permute(1, 0, 2), null, state, mode); // Checks that the state matches.
      Shape outputs = Shape.of(shape.dim(0), shape.dim(1), outputSize());
      return new Result<>(Variable.of(Tensor.zeros(x.type(), outputs)), state);
    }
    return run(padding.inputs(x), padding, state, mode);
  }

  /** Runs over inputs {@code [T, B, I]}. */
  private Result<S> run(Variable x, @Nullable Padding padding, S state, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    List<Variable> given = state.variables();
    List<Variable> inputs = new ArrayList<>(List.of(x));
    if (padding != null) {
      inputs.add(padding.mask());
      inputs.add(padding.next());
    }
    Mode.Training noisy = mode instanceof Mode.Training t && cell.noise() > 0 ? t : null;
    if (noisy != null) {
      inputs.add(Variable.of(Noise.of(noisy.key(), offset, x, cell.noise())));
    }
    MaskedScan.Stepper stepper =
        (now, read) -> {
          Mode own = noisy == null ? mode : noisy.withNoise(now.getLast());
          return CheckedStep.of(cell, now.getFirst(), read, state, own);
        };
    Scan.Result r =
        padding == null
            ? scan.run(
                (now, carried, time) -> CheckedStep.result(stepper.step(now, carried)),
                inputs,
                given,
                offset)
            : new MaskedScan(padding, backward, hooked).run(scan, stepper, inputs, given, offset);
    List<Variable> last = r.carried().subList(0, given.size());
    return new Result<>(r.outputs().getFirst().permute(1, 0, 2), state.with(last));
  }

  /**
   * Returns the state after every step of sequences of different lengths: each of its variables is
   * {@code [B, T, ...]}, 0 after the end of a sequence.
   *
   * @throws IllegalArgumentException as {@link #apply(Variable, State, int[], Mode)} does
   */
  public S states(Variable x, S state, int[] lengths, Mode mode) {
    if (Objects.requireNonNull(state, "state").variables().isEmpty()) {
      return state;
    }
    Variable all =
        new Unroll<>(new StateOutput<>(cell), scan, backward, hooked, offset)
            .apply(x, state, lengths, mode)
            .outputs();
    return StateOutput.split(all, state);
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("cell", cell);
  }

  @Override
  public String toString() {
    return (backward ? "Unroll.backward[" : "Unroll[") + cell + "]";
  }
}
