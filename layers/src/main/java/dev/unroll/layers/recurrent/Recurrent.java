package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Lengths;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * A recurrent layer over sequences, {@code [B, T, I] -> [B, T, O]}: a cell in one direction ({@link
 * Unroll}), one in each ({@link Bidirectional}), or several such layers ({@link RecurrentStack}).
 *
 * <p>Sequences of one batch may have different lengths. After the end of a sequence its outputs are
 * 0, and its final state is that of its last step. The values of masked steps, NaN and infinities
 * included, affect neither values nor gradients, for any cell whose valid steps have finite
 * gradients; the gradient with respect to a masked input is 0.
 *
 * {@snippet class="snippets.RecurrentTest" region="Recurrent"}
 *
 * @param <S> the state before the first step and after the last
 */
public interface Recurrent<S extends State<S>> extends Layer {

  /**
   * The result of a run.
   *
   * @param outputs of every step, {@code [B, T, O]}, in the order of time
   * @param state the state after the last step computed
   */
  record Result<S extends State<S>>(Variable outputs, S state) {
    /** Checks for null. */
    public Result {
      Objects.requireNonNull(outputs, "outputs");
      Objects.requireNonNull(state, "state");
    }
  }

  /** Returns I, the size of an input. */
  int inputSize();

  /** Returns O, the size of an output. */
  int outputSize();

  /** Returns the state before the first step of a batch of sequences. */
  S initialState(int batch, DType type);

  /**
   * Runs over whole sequences.
   *
   * @param x {@code [B, T, I]}
   * @param state before the first step
   * @throws IllegalArgumentException if the shapes do not match
   */
  Result<S> apply(Variable x, S state, Mode mode);

  /**
   * Runs over masked sequences: where the mask is 0 no step is computed, the state is unchanged and
   * the output is 0.
   *
   * @param x {@code [B, T, I]}; masked steps may have any value
   * @param state before the first step
   * @param mask 0 and 1, {@code [B, T]}, of any type
   * @throws IllegalArgumentException if the shapes do not match, or the mask has other values
   */
  Result<S> apply(Variable x, S state, Tensor mask, Mode mode);

  /** Runs over whole sequences, from the initial state. */
  default Result<S> apply(Variable x, Mode mode) {
    return apply(x, SequenceChecks.initialState(this, x), mode);
  }

  /** Runs over sequences of different lengths, from the initial state. */
  default Result<S> apply(Variable x, int[] lengths, Mode mode) {
    return apply(x, SequenceChecks.initialState(this, x), lengths, mode);
  }

  /**
   * Runs over sequences of different lengths.
   *
   * @param x {@code [B, T, I]}; padding may have any value
   * @param state before the first step
   * @param lengths the number of valid steps of each sequence, 0 to T, in any order
   * @throws IllegalArgumentException if the number of lengths is not B, or a length is out of range
   */
  default Result<S> apply(Variable x, S state, int[] lengths, Mode mode) {
    Shape shape = SequenceChecks.input(x, inputSize());
    Tensor mask = Lengths.mask("unroll", shape, x.type(), lengths);
    boolean full = Arrays.stream(lengths).allMatch(n -> n == shape.dim(1));
    return full ? apply(x, state, mode) : apply(x, state, mask, mode);
  }

  /**
   * Returns the same layer for long sequences: memory for the backward pass grows with the square
   * root of T, the forward pass runs twice, and gradients are equal bit for bit.
   */
  Recurrent<S> checkpointed();

  /** Returns the same layer without a plan: steps are applied one by one, for comparison. */
  Recurrent<S> eager();

  /**
   * Returns the same layer for a part of longer sequences, whose first step is step {@code time}:
   * random numbers are then those of the whole. See {@link Truncation}.
   *
   * @throws IllegalArgumentException if {@code time} is negative
   */
  Recurrent<S> from(int time);

  /**
   * Returns how the last run was planned: what was hoisted out of the loop, merged and fused, and
   * the bytes saved per step for the backward pass.
   */
  String explain();

  /**
   * Returns the step of the last run after one pass of the planner, for each cell: see {@link
   * Scan#explain(String)}.
   *
   * @throws IllegalArgumentException if there is no such pass
   */
  String explain(String pass);
}
