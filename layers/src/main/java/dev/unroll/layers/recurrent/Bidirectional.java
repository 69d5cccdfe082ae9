package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Two cells that read a sequence from both ends (Schuster &amp; Paliwal 1997, "Bidirectional
 * recurrent neural networks", doi:10.1109/78.650093): {@code [B, T, I] -> [B, T, 2H]}, the
 * concatenated outputs of both at each step. In training, each direction draws random numbers of
 * its own.
 *
 * {@snippet class="snippets.RecurrentTest" region="Bidirectional"}
 *
 * @param forward from the first step to the last
 * @param backward from the last step, of each sequence, to the first
 * @param <S> the state of the cells
 */
public record Bidirectional<S extends State<S>>(Unroll<S> forward, Unroll<S> backward)
    implements Recurrent<Bidirectional.States<S>> {

  /**
   * The states of both cells.
   *
   * @param forward after the last step of each sequence
   * @param backward after the first
   */
  public record States<S extends State<S>>(S forward, S backward) implements State<States<S>> {
    /** Checks for null. */
    public States {
      Objects.requireNonNull(forward, "forward");
      Objects.requireNonNull(backward, "backward");
    }

    @Override
    public States<S> map(UnaryOperator<Variable> f) {
      return new States<>(forward.map(f), backward.map(f));
    }
  }

  /**
   * Checks the directions and sizes.
   *
   * @throws IllegalArgumentException if the first is unrolled backward, the second forward, or they
   *     read inputs of different sizes
   */
  public Bidirectional {
    Objects.requireNonNull(forward, "forward");
    Objects.requireNonNull(backward, "backward");
    if (forward.isBackward() || !backward.isBackward()) {
      throw new IllegalArgumentException(
          "[bidirectional] expected Unroll.of(cell) and Unroll.backward(cell), got "
              + (forward.isBackward() ? "backward" : "forward")
              + " and "
              + (backward.isBackward() ? "backward" : "forward"));
    }
    if (forward.inputSize() != backward.inputSize()) {
      throw new IllegalArgumentException(
          "[bidirectional] expected cells of the same input size, got "
              + forward.inputSize()
              + " and "
              + backward.inputSize());
    }
  }

  /** Returns two cells as a pair. */
  public static <S extends State<S>> Bidirectional<S> of(Cell<S> forward, Cell<S> backward) {
    return new Bidirectional<>(
        Unroll.of(Objects.requireNonNull(forward, "forward")),
        Unroll.backward(Objects.requireNonNull(backward, "backward")));
  }

  @Override
  public int inputSize() {
    return forward.inputSize();
  }

  @Override
  public int outputSize() {
    return forward.outputSize() + backward.outputSize();
  }

  @Override
  public States<S> initialState(int batch, DType type) {
    return new States<>(forward.initialState(batch, type), backward.initialState(batch, type));
  }

  @Override
  public Bidirectional<S> checkpointed() {
    return new Bidirectional<>(forward.checkpointed(), backward.checkpointed());
  }

  @Override
  public Bidirectional<S> eager() {
    return new Bidirectional<>(forward.eager(), backward.eager());
  }

  /**
   * Returns the same pair for a part of longer sequences. The backward cell then reads only the
   * part, not the steps after it.
   */
  @Override
  public Bidirectional<S> from(int time) {
    return new Bidirectional<>(forward.from(time), backward.from(time));
  }

  @Override
  public String explain() {
    return explained(Recurrent::explain);
  }

  @Override
  public String explain(String pass) {
    return explained(r -> r.explain(pass));
  }

  private String explained(Function<Recurrent<?>, String> text) {
    return "forward\n" + text.apply(forward) + "\nbackward\n" + text.apply(backward);
  }

  @Override
  public Result<States<S>> apply(Variable x, States<S> state, Mode mode) {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(mode, "mode");
    return joined(
        forward.apply(x, state.forward, mode.at("forward")),
        backward.apply(x, state.backward, mode.at("backward")));
  }

  @Override
  public Result<States<S>> apply(Variable x, States<S> state, Tensor mask, Mode mode) {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(mode, "mode");
    return joined(
        forward.apply(x, state.forward, mask, mode.at("forward")),
        backward.apply(x, state.backward, mask, mode.at("backward")));
  }

  private static <S extends State<S>> Result<States<S>> joined(
      Result<S> forward, Result<S> backward) {
    return new Result<>(
        Variable.concat(2, forward.outputs(), backward.outputs()),
        new States<>(forward.state(), backward.state()));
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("forward", forward).layer("backward", backward);
  }
}
