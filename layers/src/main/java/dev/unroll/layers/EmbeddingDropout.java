package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Objects;

/**
 * An embedding with dropout of whole rows: in training, the vectors of a random set of ids are zero
 * wherever they occur in a batch, and the others are scaled by {@code 1 / (1 - rate)}. In
 * evaluation nothing is dropped.
 *
 * <p>Gal &amp; Ghahramani 2016, "A theoretically grounded application of dropout in recurrent
 * neural networks", arXiv:1512.05287; Merity, Keskar &amp; Socher 2018, arXiv:1708.02182, section
 * 4.3.
 *
 * {@snippet class="snippets.LayersTest" region="EmbeddingDropout"}
 *
 * @param embedding the embedding
 * @param rate the probability of dropping an id, at least 0 and below 1
 */
public record EmbeddingDropout(Embedding embedding, double rate) implements Block {

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public EmbeddingDropout {
    Objects.requireNonNull(embedding, "embedding");
    Dropout.check("embeddingDropout", rate);
  }

  /**
   * Gathers the vectors of ids, {@code [...] -> [..., E]}.
   *
   * @param ids int32, each from 0 to V - 1
   */
  @Override
  public Variable apply(Variable ids, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    Variable vectors = embedding.apply(ids);
    if (rate == 0 || !(mode instanceof Mode.Training)) {
      return vectors;
    }
    Shape rows = Shape.of(embedding.weight().shape().dim(0), 1);
    Variable ones = Variable.of(Tensor.full(vectors.type(), rows, 1));
    return vectors.mul(new Dropout(rate).apply(ones, mode).gather(ids));
  }

  @Override
  public void describe(Parts parts) {
    embedding.describe(parts);
  }
}
