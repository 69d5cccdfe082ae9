package dev.unroll.layers.sequence.attention;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Lengths;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.tensor.DType;

/**
 * A cell with attention to the outputs of an encoder at each step. Its initial state comes from
 * {@link #start}.
 *
 * {@snippet class="snippets.AttentionTest" region="AttentionCell"}
 *
 * @param <S> the state of the inner cell
 */
public sealed interface AttentionCell<S extends State<S>> extends Cell<Attending<S>>
    permits BahdanauCell, LuongCell {

  /** Returns the inner cell. */
  Cell<S> cell();

  /** Returns the attention mechanism. */
  Attention attention();

  /** Returns the size of {@link Attending#vector}. */
  int vectorSize();

  /**
   * Returns the state before the first step.
   *
   * @param inner the state of the inner cell
   * @param memory the encoder's outputs, {@code [B, S, M]}; padding may have any value and is
   *     replaced (see {@link Lengths#filled(String, Variable, int[])})
   * @param lengths the number of valid steps of each, 0 to S
   */
  default Attending<S> start(S inner, Variable memory, int... lengths) {
    Variable mask = Variable.of(Lengths.mask("attention", memory.shape(), memory.type(), lengths));
    Variable clean = Lengths.filled("attention", memory, lengths);
    return new Attending<>(
        inner,
        Cell.zeros(memory.type(), memory.shape().dim(0), vectorSize()),
        Cell.zeros(memory.type(), memory.shape().dim(0), memory.shape().dim(1)),
        clean,
        attention().keys(clean),
        mask);
  }

  /** Returns the attention weights of a query, {@code [B, S]}. */
  default Variable weights(Variable query, Attending<S> state) {
    return Attention.softmax(attention().scores(query, state.keys()), state.mask());
  }

  /**
   * Not supported without a memory.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  default Attending<S> initialState(int batch, DType type) {
    throw new UnsupportedOperationException(
        "[attention] there is no memory yet: use start(inner, memory, lengths)");
  }

  @Override
  default int noise() {
    return cell().noise();
  }
}
