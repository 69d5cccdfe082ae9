package dev.unroll.layers.conv;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Init;
import dev.unroll.layers.Lengths;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.SequenceBlock;
import dev.unroll.tensor.Shape;
import java.util.Objects;

/**
 * A convolution over time, channels last: {@code [..., T, I] -> [..., T', O]}. At each position,
 * the elements in the window, step by step, times the weight (Waibel et al. 1989, "Phoneme
 * recognition using time-delay neural networks", doi:10.1109/29.21701). Lengths change with {@link
 * Window#outputLength}.
 *
 * {@snippet class="snippets.ConvTest" region="Conv1d"}
 *
 * @param weight {@code [size I, O]}
 * @param bias {@code [O]}
 * @param window along T
 */
public record Conv1d(Parameter weight, Parameter bias, Window window)
    implements Deterministic, SequenceBlock {

  /** Checks for null. */
  public Conv1d {
    Objects.requireNonNull(weight, "weight");
    Objects.requireNonNull(bias, "bias");
    Objects.requireNonNull(window, "window");
  }

  /** Returns a layer with He weights ({@link Init#he}) and a bias of zero. */
  public static Conv1d of(int inputs, int outputs, Window window, Init init) {
    int seen = Shape.of(window.size(), inputs).size();
    return new Conv1d(
        init.at("weight").he(seen, outputs, 1), init.at("bias").zeros(outputs), window);
  }

  @Override
  public Variable apply(Variable x) {
    Variable image = Patches.image("conv1d", x);
    return Patches.sequence(Conv2d.convolved("conv1d", image, weight, bias, Window.of(1), window));
  }

  @Override
  public Variable apply(Variable x, int[] lengths, Mode mode) {
    return apply(Lengths.filled("conv1d", x, 0, lengths));
  }

  @Override
  public int[] lengths(int... lengths) {
    return window.lengths(lengths);
  }

  @Override
  public void describe(Parts parts) {
    parts.parameter("weight", weight).parameter("bias", bias);
  }

  @Override
  public String toString() {
    return "Conv1d["
        + weight.shape().dim(0) / window.size()
        + " -> "
        + weight.shape().dim(1)
        + ", "
        + window
        + "]";
  }
}
