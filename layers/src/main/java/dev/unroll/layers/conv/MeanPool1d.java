package dev.unroll.layers.conv;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Lengths;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.SequenceBlock;
import java.util.Objects;

/**
 * The mean over the window, per channel: {@code [..., T, C] -> [..., T', C]}; padding counts as
 * zero.
 *
 * {@snippet class="snippets.ConvTest" region="MeanPool1d"}
 *
 * @param window along T
 */
public record MeanPool1d(Window window) implements Deterministic, SequenceBlock {

  /** Checks for null. */
  public MeanPool1d {
    Objects.requireNonNull(window, "window");
  }

  @Override
  public Variable apply(Variable x) {
    Variable image = Patches.image("meanPool1d", x);
    return Patches.sequence(MeanPool2d.pooled("meanPool1d", image, Window.of(1), window));
  }

  @Override
  public Variable apply(Variable x, int[] lengths, Mode mode) {
    return apply(Lengths.filled("meanPool1d", x, 0, lengths));
  }

  @Override
  public int[] lengths(int... lengths) {
    return window.lengths(lengths);
  }

  @Override
  public void describe(Parts parts) {}
}
