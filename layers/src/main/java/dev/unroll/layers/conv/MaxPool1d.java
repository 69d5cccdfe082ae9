package dev.unroll.layers.conv;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Lengths;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.SequenceBlock;
import java.util.Objects;

/**
 * The maximum over the window, per channel: {@code [..., T, C] -> [..., T', C]}. Padding is
 * ignored; if a window has only padding, the result is 0. Among equal elements, the gradient goes
 * to the first.
 *
 * {@snippet class="snippets.ConvTest" region="MaxPool1d"}
 *
 * @param window along T
 */
public record MaxPool1d(Window window) implements Deterministic, SequenceBlock {

  /** Checks for null. */
  public MaxPool1d {
    Objects.requireNonNull(window, "window");
  }

  @Override
  public Variable apply(Variable x) {
    Variable image = Patches.image("maxPool1d", x);
    return Patches.sequence(MaxPool2d.pooled("maxPool1d", image, Window.of(1), window));
  }

  @Override
  public Variable apply(Variable x, int[] lengths, Mode mode) {
    Variable y = apply(Lengths.filled("maxPool1d", x, Double.NEGATIVE_INFINITY, lengths));
    int places = y.shape().dim(1);
    return Patches.orZero(y, lengths.length, places, (b, place) -> window.sees(place, lengths[b]));
  }

  @Override
  public int[] lengths(int... lengths) {
    return window.lengths(lengths);
  }

  @Override
  public void describe(Parts parts) {}
}
