package dev.unroll.layers.conv;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Parts;

/**
 * The largest element of what the window sees, of each channel: {@code [..., T, C] -> [..., T',
 * C]}; padding is never it.
 *
 * @param window along T
 */
public record MaxPool1d(Window window) implements Deterministic {
  @Override
  public Variable apply(Variable x) {
    Variable image = Patches.image("maxPool1d", x);
    return Patches.sequence(MaxPool2d.pooled("maxPool1d", image, Window.of(1), window));
  }

  @Override
  public void describe(Parts parts) {}
}
