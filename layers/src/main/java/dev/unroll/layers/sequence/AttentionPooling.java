package dev.unroll.layers.sequence;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Lengths;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.sequence.attention.Attention;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Objects;

/**
 * A mean with learned weights: {@code a = softmax(tanh(x W + b) u)} over the valid steps, {@code y
 * = sum a x} (Yang, Yang, Dyer, He, Smola &amp; Hovy 2016, "Hierarchical attention networks for
 * document classification", doi:10.18653/v1/N16-1174).
 *
 * {@snippet class="snippets.SequenceTest" region="AttentionPooling"}
 *
 * @param hidden {@code [H, A]}
 * @param query u, {@code [A, 1]}
 */
public record AttentionPooling(Linear hidden, Parameter query) implements Pooling {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if the query is not {@code [A, 1]}
   */
  public AttentionPooling {
    Objects.requireNonNull(hidden, "hidden");
    Objects.requireNonNull(query, "query");
    Shape expected = Shape.of(hidden.bias().shape().size(), 1);
    if (!query.shape().equals(expected)) {
      throw new IllegalArgumentException(
          "[attentionPooling] expected a query " + expected + ", got " + query.shape());
    }
  }

  /**
   * Returns a new layer.
   *
   * @param inputSize H
   * @param size A
   */
  public static AttentionPooling of(int inputSize, int size, Init init) {
    return new AttentionPooling(
        Linear.of(inputSize, size, init.at("hidden")), init.at("query").glorot(size, 1, 1));
  }

  /**
   * Returns the weights of the steps, {@code [B, T]}, which are non-negative and sum to 1; 0 for
   * padding.
   */
  public Variable weights(Variable x, int... lengths) {
    // Padding may have any value, and 0 times it is not always 0.
    return weighted(Lengths.filled("pooling", x, 0, lengths), lengths);
  }

  private Variable weighted(Variable clean, int... lengths) {
    Variable mask = Variable.of(Lengths.mask("pooling", clean.shape(), clean.type(), lengths));
    Variable scores = scores(clean).reshape(mask.shape());
    return Attention.softmax(scores, mask);
  }

  @Override
  public Variable apply(Variable x, int... lengths) {
    Variable clean = Lengths.filled("pooling", x, 0, lengths);
    return x.shape().size() == 0
        ? Variable.of(Tensor.zeros(x.type(), x.shape().without(1)))
        : Attention.mean(weighted(clean, lengths), clean);
  }

  /** Returns the score of each vector, {@code [..., 1]}. */
  private Variable scores(Variable clean) {
    return hidden.apply(clean).tanh().matmul(query);
  }

  @Override
  public Cell<?> running(int size) {
    return new WeightedFold(size, this::scores);
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("hidden", hidden).parameter("query", query);
  }
}
