package dev.unroll.layers.conv;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Parts;
import java.util.Objects;

/**
 * The maximum over the windows, per channel: {@code [..., H, W, C] -> [..., H', W', C]}. Padding is
 * ignored; if the windows have only padding, the result is 0. Among equal elements, the gradient
 * goes to the first in row-major order.
 *
 * {@snippet class="snippets.ConvTest" region="MaxPool2d"}
 *
 * @param rows the window along H
 * @param columns the window along W
 */
public record MaxPool2d(Window rows, Window columns) implements Deterministic {

  /** Checks for null. */
  public MaxPool2d {
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(columns, "columns");
  }

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
        rows.outputLength(height),
        columns.outputLength(width),
        (r, c) -> rows.sees(r, height) && columns.sees(c, width));
  }

  @Override
  public void describe(Parts parts) {}
}
