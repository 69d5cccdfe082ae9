package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import java.util.Objects;

/**
 * Scores all ids by the vectors of an embedding: {@code y = x W' + b}, {@code [..., E] -> [...,
 * V]}. Input and output share one weight (Press &amp; Wolf 2017, "Using the output embedding to
 * improve language models", arXiv:1608.05859).
 *
 * {@snippet class="snippets.LayersTest" region="TiedLinear"}
 *
 * @param weight the weight of the embedding, {@code [V, E]}
 * @param bias {@code [V]}
 */
public record TiedLinear(Parameter weight, Parameter bias) implements Deterministic {

  /** Checks for null. */
  public TiedLinear {
    Objects.requireNonNull(weight, "weight");
    Objects.requireNonNull(bias, "bias");
  }

  /** Returns the layer that shares the weight of an embedding, with a bias of zero. */
  public static TiedLinear of(Embedding embedding, Init init) {
    return new TiedLinear(
        embedding.weight(), init.at("bias").zeros(embedding.weight().shape().dim(0)));
  }

  @Override
  public Variable apply(Variable x) {
    return Vectors.asRows(x, rows -> rows.matmulTransposed(weight).add(bias));
  }

  @Override
  public void describe(Parts parts) {
    parts.parameter("weight", weight).parameter("bias", bias);
  }

  @Override
  public String toString() {
    return "TiedLinear[" + weight.shape().dim(1) + " -> " + weight.shape().dim(0) + "]";
  }
}
