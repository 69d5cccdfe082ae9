package dev.unroll.layers.conv;

import dev.unroll.autograd.Composites;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Parts;

/**
 * The largest element of what the windows see, of each channel: {@code [..., H, W, C] -> [..., H',
 * W', C]}; padding is never it.
 *
 * @param rows the window along H
 * @param columns the window along W
 */
public record MaxPool2d(Window rows, Window columns) implements Deterministic {
  @Override
  public Variable apply(Variable x) {
    return pooled("maxPool2d", x, rows, columns);
  }

  static Variable pooled(String what, Variable x, Window rows, Window columns) {
    Variable patches = Patches.of(what, x, rows, columns, Double.NEGATIVE_INFINITY);
    return Composites.largest(patches, -2);
  }

  @Override
  public void describe(Parts parts) {}
}
