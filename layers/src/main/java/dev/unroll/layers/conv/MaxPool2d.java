package dev.unroll.layers.conv;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Parts;

/**
 * The largest element of what the windows see, of each channel: {@code [..., H, W, C] -> [..., H',
 * W', C]}. Padding is never the largest; where the windows see padding alone the result is 0. Of
 * equal elements the gradient goes to the first, row by row.
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
    Variable largest = patches.max(-2);
    int height = x.shape().dim(-3);
    int width = x.shape().dim(-2);
    return Patches.orZero(
        largest,
        rows.places(height),
        columns.places(width),
        (r, c) -> rows.sees(r, height) && columns.sees(c, width));
  }

  @Override
  public void describe(Parts parts) {}
}
