package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import java.util.function.UnaryOperator;

/**
 * The state of a cell that carries only its output.
 *
 * {@snippet class="snippets.RecurrentTest" region="Hidden"}
 *
 * @param h {@code [B, H]}
 */
public record Hidden(Variable h) implements State<Hidden> {
  @Override
  public Hidden map(UnaryOperator<Variable> f) {
    return new Hidden(f.apply(h));
  }
}
