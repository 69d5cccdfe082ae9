package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import java.util.Objects;

/**
 * Two cells that read a sequence from both ends (Schuster &amp; Paliwal 1997, "Bidirectional
 * recurrent neural networks", doi:10.1109/78.650093): {@code [B, T, I] -> [B, T, 2H]}. In training,
 * each direction draws random numbers of its own.
 *
 * @param forward from the first step to the last
 * @param backward from the last step, of each sequence, to the first
 * @param <S> the state of the cells
 */
public record Bidirectional<S extends State<S>>(Unroll<S> forward, Unroll<S> backward)
    implements Recurrent {

  /**
   * Checks the directions.
   *
   * @throws IllegalArgumentException if the first is unrolled backward, or the second forward
   */
  public Bidirectional {
    if (forward.isBackward() || !backward.isBackward()) {
      throw new IllegalArgumentException(
          "[bidirectional] expected Unroll.of(cell) and Unroll.backward(cell), got "
              + (forward.isBackward() ? "backward" : "forward")
              + " and "
              + (backward.isBackward() ? "backward" : "forward"));
    }
  }

  /** Returns two cells as a pair. */
  public static <S extends State<S>> Bidirectional<S> of(Cell<S> forward, Cell<S> backward) {
    return new Bidirectional<>(Unroll.of(forward), Unroll.backward(backward));
  }

  /**
   * What comes out.
   *
   * @param forward of the first cell
   * @param backward of the second, its outputs in the order of time
   */
  public record Result<S extends State<S>>(Unroll.Result<S> forward, Unroll.Result<S> backward) {
    /** Returns the outputs of both at every step, {@code [B, T, 2H]}. */
    public Variable outputs() {
      return Variable.concat(2, forward.outputs(), backward.outputs());
    }
  }

  /** Reads whole sequences, from the cells' initial states. */
  public Result<S> apply(Variable x, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    return new Result<>(
        forward.apply(x, mode.at("forward")), backward.apply(x, mode.at("backward")));
  }

  /**
   * Reads sequences of different lengths: see {@link Unroll#apply(Variable, State, int[], Mode)}.
   */
  public Result<S> apply(Variable x, int[] lengths, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    return new Result<>(
        forward.apply(x, forward.start(x), lengths, mode.at("forward")),
        backward.apply(x, backward.start(x), lengths, mode.at("backward")));
  }

  @Override
  public int outputSize() {
    return forward.outputSize() + backward.outputSize();
  }

  @Override
  public Variable outputs(Variable x, int[] lengths, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    return Variable.concat(
        2,
        forward.outputs(x, lengths, mode.at("forward")),
        backward.outputs(x, lengths, mode.at("backward")));
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("forward", forward).layer("backward", backward);
  }
}
