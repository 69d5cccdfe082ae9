package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import java.util.Objects;

/**
 * What a cell returns: its output {@code [B, H]}, and the state for the next step.
 *
 * @param <S> the state
 */
public record Step<S extends State<S>>(Variable output, S state) {

  /** Checks that neither is null. */
  public Step {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(state, "state");
  }
}
