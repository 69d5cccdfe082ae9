package dev.unroll.layers.conv;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Parts;

/**
 * The mean of what the window sees, of each channel: {@code [..., T, C] -> [..., T', C]}; padding
 * counts as zeros.
 *
 * @param window along T
 */
public record MeanPool1d(Window window) implements Deterministic {
  @Override
  public Variable apply(Variable x) {
    Variable image = Patches.image("meanPool1d", x);
    return Patches.sequence(MeanPool2d.pooled("meanPool1d", image, Window.of(1), window));
  }

  @Override
  public void describe(Parts parts) {}
}
