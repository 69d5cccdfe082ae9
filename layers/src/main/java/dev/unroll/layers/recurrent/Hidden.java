package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The state of a cell that carries only its output.
 *
 * {@snippet class="snippets.RecurrentTest" region="Hidden"}
 *
 * @param h {@code [B, H]}
 */
public record Hidden(Variable h) implements State<Hidden> {

  /** Checks for null. */
  public Hidden {
    Objects.requireNonNull(h, "h");
  }

  @Override
  public Hidden map(UnaryOperator<Variable> f) {
    return new Hidden(f.apply(h));
  }
}
