package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The state of an LSTM.
 *
 * {@snippet class="snippets.RecurrentTest" region="LstmState"}
 *
 * @param h the output {@code [B, H]}
 * @param c the memory {@code [B, H]}
 */
public record LstmState(Variable h, Variable c) implements State<LstmState> {

  /** Checks for null. */
  public LstmState {
    Objects.requireNonNull(h, "h");
    Objects.requireNonNull(c, "c");
  }

  @Override
  public LstmState map(UnaryOperator<Variable> f) {
    return new LstmState(f.apply(h), f.apply(c));
  }
}
