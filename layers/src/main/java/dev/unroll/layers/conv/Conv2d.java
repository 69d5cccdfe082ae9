package dev.unroll.layers.conv;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Init;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.Shape;
import java.util.Objects;

/**
 * A convolution of images, channels last: {@code [..., H, W, I] -> [..., H', W', O]}. At each
 * position, the elements in the windows, row by row, times the weight (LeCun et al. 1989,
 * "Backpropagation applied to handwritten zip code recognition"). Leading axes are a batch: frames
 * of a film are {@code [B, T, H, W, I]}.
 *
 * {@snippet class="snippets.ConvTest" region="Conv2d"}
 *
 * @param weight {@code [rows columns I, O]}
 * @param bias {@code [O]}
 * @param rows the window along H
 * @param columns the window along W
 */
public record Conv2d(Parameter weight, Parameter bias, Window rows, Window columns)
    implements Deterministic {

  /** Checks for null. */
  public Conv2d {
    Objects.requireNonNull(weight, "weight");
    Objects.requireNonNull(bias, "bias");
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(columns, "columns");
  }

  /** Returns a layer with He weights ({@link Init#he}) and a bias of zero. */
  public static Conv2d of(int inputs, int outputs, Window rows, Window columns, Init init) {
    int seen = Shape.of(rows.size(), columns.size(), inputs).size();
    return new Conv2d(
        init.at("weight").he(seen, outputs, 1), init.at("bias").zeros(outputs), rows, columns);
  }

  @Override
  public Variable apply(Variable x) {
    return convolved("conv2d", x, weight, bias, rows, columns);
  }

  static Variable convolved(
      String what, Variable x, Parameter weight, Parameter bias, Window rows, Window columns) {
    int seen = Patches.seen(rows, columns);
    int channels = x.shape().dim(-1);
    if ((long) seen * channels != weight.shape().dim(0)) {
      throw new IllegalArgumentException(
          "["
              + what
              + "] expected "
              + weight.shape().dim(0) / seen
              + " channels, got "
              + x.shape());
    }
    Variable patches = Patches.of(what, x, rows, columns, 0);
    Shape flat = patches.shape().without(-1).without(-1);
    return patches.reshape(flat.insert(flat.rank(), seen * channels)).linear(weight, bias);
  }

  @Override
  public void describe(Parts parts) {
    parts.parameter("weight", weight).parameter("bias", bias);
  }

  @Override
  public String toString() {
    return "Conv2d["
        + weight.shape().dim(0) / Patches.seen(rows, columns)
        + " -> "
        + weight.shape().dim(1)
        + ", "
        + rows
        + ", "
        + columns
        + "]";
  }
}
