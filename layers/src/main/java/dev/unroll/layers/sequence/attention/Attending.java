package dev.unroll.layers.sequence.attention;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.recurrent.State;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The state of a decoder with attention. The memory is a loop-invariant part of the state, so that
 * a search that selects rows selects their memory as well.
 *
 * {@snippet class="snippets.AttentionTest" region="Attending"}
 *
 * @param inner the state of the inner cell
 * @param vector the last context {@code [B, M]} of {@link BahdanauCell}, or the attentional vector
 *     {@code [B, A]} of {@link LuongCell}
 * @param weights the attention weights of the last step, {@code [B, S]}
 * @param memory the encoder's outputs, {@code [B, S, M]}
 * @param keys the keys of the scores, {@code [B, S, A]}
 * @param mask 1 for the valid steps of the memory, {@code [B, S]}
 * @param <S> the state of the inner cell
 */
public record Attending<S extends State<S>>(
    S inner, Variable vector, Variable weights, Variable memory, Variable keys, Variable mask)
    implements State<Attending<S>> {

  /** Checks for null. */
  public Attending {
    Objects.requireNonNull(inner, "inner");
    Objects.requireNonNull(vector, "vector");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(mask, "mask");
  }

  @Override
  public Attending<S> map(UnaryOperator<Variable> f) {
    return new Attending<>(
        inner.map(f),
        f.apply(vector),
        f.apply(weights),
        f.apply(memory),
        f.apply(keys),
        f.apply(mask));
  }
}
