package dev.unroll.layers.sequence.attention;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.recurrent.State;
import java.util.function.UnaryOperator;

/**
 * The state of a decoder that looks back at what an encoder has read. What it looks at is part of
 * the state, and handed on as it is: so a search that goes on with some of the rows takes their
 * memory along.
 *
 * @param inner the state of the cell inside
 * @param vector what was read last: the context {@code [B, M]} of {@link BahdanauCell}, the
 *     attentional vector {@code [B, A]} of {@link LuongCell}
 * @param weights where the last step looked, {@code [B, S]}
 * @param memory what can be looked at, {@code [B, S, M]}
 * @param keys what scores are made from, {@code [B, S, A]}
 * @param mask 1 for the valid steps of the memory, {@code [B, S]}
 * @param <S> the state of the cell inside
 */
public record Attending<S extends State<S>>(
    S inner, Variable vector, Variable weights, Variable memory, Variable keys, Variable mask)
    implements State<Attending<S>> {
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
