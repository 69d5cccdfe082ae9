package dev.unroll.layers.sequence.attention;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Lengths;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.tensor.DType;

/**
 * A cell that looks, at each step, at all that an encoder has read. It begins with {@link #start}.
 *
 * @param <S> the state of the cell inside
 */
public sealed interface AttentionCell<S extends State<S>> extends Cell<Attending<S>>
    permits BahdanauCell, LuongCell {

  /** Returns the cell inside. */
  Cell<S> cell();

  /** Returns how it looks. */
  Attention attention();

  /** Returns the size of {@link Attending#vector}. */
  int vectorSize();

  /**
   * Returns the state before the first step.
   *
   * @param inner the state of the cell inside
   * @param memory what can be looked at, {@code [B, S, M]}; after the end of a sequence it may hold
   *     anything, which is replaced (see {@link Lengths#filled(String, Variable, int...)})
   * @param lengths how much of it is valid, 0 to S
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

  /** Returns where a query looks, {@code [B, S]}. */
  default Variable look(Variable query, Attending<S> state) {
    return Attention.softmax(attention().scores(query, state.keys()), state.mask());
  }

  /**
   * Cannot say it without a memory.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  default Attending<S> initialState(int batch, DType type) {
    throw new UnsupportedOperationException(
        "[attention] there is nothing to look at yet: begin with start(inner, memory, lengths)");
  }

  @Override
  default int noise() {
    return cell().noise();
  }
}
