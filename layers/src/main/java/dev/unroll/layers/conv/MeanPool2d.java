package dev.unroll.layers.conv;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.Shape;
import java.util.Objects;

/**
 * The mean over the windows, per channel: {@code [..., H, W, C] -> [..., H', W', C]}; padding
 * counts as zero.
 *
 * {@snippet class="snippets.ConvTest" region="MeanPool2d"}
 *
 * @param rows the window along H
 * @param columns the window along W
 */
public record MeanPool2d(Window rows, Window columns) implements Deterministic {

  /** Checks for null. */
  public MeanPool2d {
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(columns, "columns");
  }

  @Override
  public Variable apply(Variable x) {
    return pooled("meanPool2d", x, rows, columns);
  }

  static Variable pooled(String what, Variable x, Window rows, Window columns) {
    Variable patches = Patches.of(what, x, rows, columns, 0);
    Shape to = patches.shape().with(patches.shape().rank() - 2, 1);
    return patches.sumTo(to).reshape(to.without(-2)).div(patches.shape().dim(-2));
  }

  @Override
  public void describe(Parts parts) {}
}
