package dev.unroll.layers;

import dev.unroll.autograd.Composites;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;

/** What training makes small. A loss is a mean over what counts, never over padding. */
public final class Losses {
  private Losses() {}

  /**
   * Returns the mean cross-entropy, {@code log sum exp(x) - x[target]}, in nats.
   *
   * @param logits {@code [..., V]}
   * @param targets int32 {@code [...]}: class numbers, or -1 where there is nothing to predict
   * @throws IllegalArgumentException if the shapes do not fit, or a target is outside
   */
  public static Variable crossEntropy(Variable logits, Tensor targets) {
    Shape shape = logits.shape();
    if (shape.rank() == 0 || !shape.without(-1).equals(targets.shape())) {
      throw new IllegalArgumentException(
          "[crossEntropy] expects logits [..., V] and targets [...]: "
              + Shape.join(shape, targets.shape()));
    }
    int n = targets.shape().size();
    int count = 0;
    for (int t : targets.toInts()) {
      count += t == Softmax.IGNORED ? 0 : 1;
    }
    Variable flat = logits.reshape(Shape.of(n, shape.dim(-1)));
    Variable losses = flat.crossEntropy(Variable.of(targets.reshape(n)));
    return count == n ? Composites.mean(losses) : losses.sum().affine(1.0 / Math.max(1, count), 0);
  }
}
