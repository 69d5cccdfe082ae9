package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import java.util.Arrays;

/**
 * Flattens the last axes into one: {@code Flatten(3)} turns frames {@code [B, T, H, W, C]} into
 * vectors {@code [B, T, H W C]}.
 *
 * {@snippet class="snippets.LayersTest" region="Flatten"}
 *
 * @param axes the number of axes, at least 1
 */
public record Flatten(int axes) implements Deterministic {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Flatten {
    if (axes < 1) {
      throw new IllegalArgumentException("[flatten] expected at least one axis, got " + axes);
    }
  }

  @Override
  public Variable apply(Variable x) {
    int kept = x.shape().rank() - axes;
    if (kept < 0) {
      throw new IllegalArgumentException("[flatten] expected " + axes + " axes, got " + x.shape());
    }
    int[] dims = x.shape().dims();
    int[] to = Arrays.copyOf(dims, kept + 1);
    to[kept] = Arrays.stream(dims, kept, dims.length).reduce(1, Math::multiplyExact);
    return x.reshape(Shape.of(to));
  }

  @Override
  public void describe(Parts parts) {}
}
