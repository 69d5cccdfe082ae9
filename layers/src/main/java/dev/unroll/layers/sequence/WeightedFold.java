package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * A running mean with weights {@code e^score}. Sums are relative to the largest score so far, so
 * that they do not overflow (Milakov &amp; Gimelshein 2018, arXiv:1805.02867).
 *
 * @param inputSize H
 * @param score of a step {@code [B, H]}, {@code [B, 1]}
 */
record WeightedFold(int inputSize, UnaryOperator<Variable> score)
    implements Cell<WeightedFold.Sums> {

  /**
   * The sums so far.
   *
   * @param largest the largest score, {@code [B, 1]}
   * @param weights the sum of the weights, {@code [B, 1]}
   * @param mean the weighted mean of the steps, {@code [B, H]}: unlike their sum, it does not grow
   *     with their number, and neither does its rounding error
   */
  record Sums(Variable largest, Variable weights, Variable mean) implements State<Sums> {
    @Override
    public Sums map(UnaryOperator<Variable> f) {
      return new Sums(f.apply(largest), f.apply(weights), f.apply(mean));
    }
  }

  @Override
  public int outputSize() {
    return inputSize;
  }

  @Override
  public Sums initialState(int batch, DType type) {
    Tensor none = Tensor.full(type, Shape.of(batch, 1), Double.NEGATIVE_INFINITY);
    return new Sums(
        Variable.of(none), Cell.zeros(type, batch, 1), Cell.zeros(type, batch, inputSize));
  }

  @Override
  public Step<Sums> step(Variable x, Sums sums, Mode mode) {
    Variable s = score.apply(x);
    Variable largest = sums.largest.max(s);
    Variable before = sums.largest.sub(largest).exp();
    Variable now = s.sub(largest).exp();
    Variable weights = sums.weights.mul(before).add(now);
    Variable mean = sums.mean.add(x.sub(sums.mean).mul(now.div(weights)));
    return new Step<>(mean, new Sums(largest, weights, mean));
  }

  @Override
  public void describe(Parts parts) {}
}
