package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Maps ids to vectors: {@code [...] -> [..., E]}. Its gradient is sparse: gradients and updates
 * touch only the rows that were gathered.
 *
 * {@snippet class="snippets.LayersTest" region="Embedding"}
 *
 * @param weight {@code [V, E]}
 * @param padding the id whose vector is zero, regardless of its row of the weight; PyTorch returns
 *     the row (see {@link #padding(int)})
 */
public record Embedding(Parameter weight, OptionalInt padding) implements Deterministic {

  /** Checks for null. */
  public Embedding {
    Objects.requireNonNull(weight, "weight");
    Objects.requireNonNull(padding, "padding");
  }

  /** Creates a layer from existing vectors. */
  public Embedding(Parameter weight) {
    this(weight, OptionalInt.empty());
  }

  /** Returns a layer whose vectors are normally distributed with standard deviation 0.1. */
  public static Embedding of(int vocabulary, int size, Init init) {
    Objects.requireNonNull(init, "init");
    return new Embedding(init.at("weight").normal(0.1, vocabulary, size));
  }

  /**
   * Returns a copy with a zero vector for one id, regardless of its row of the weight: padding then
   * adds nothing to a sum or a convolution. Layers that receive lengths do not need it.
   *
   * <p>PyTorch's {@code padding_idx} only excludes that row from training: an {@code nn.Embedding}
   * returns the row, which is zero unless weights were loaded into it. If an imported row is
   * nonzero, {@code new Embedding(weight)} gives PyTorch's values; freeze the weight to preserve
   * the row.
   *
   * @param id from 0 to V - 1
   * @throws IllegalArgumentException if the id is out of range
   */
  public Embedding padding(int id) {
    int vocabulary = weight.shape().dim(0);
    if (id < 0 || id >= vocabulary) {
      throw new IllegalArgumentException(
          "[embedding] expected a padding id from 0 to " + (vocabulary - 1) + ", got " + id);
    }
    return new Embedding(weight, OptionalInt.of(id));
  }

  /**
   * Gathers the vectors of ids.
   *
   * @param ids int32, each from 0 to V - 1
   */
  @Override
  public Variable apply(Variable ids) {
    Variable vectors = weight.gather(ids);
    return padding.isEmpty()
        ? vectors
        : vectors.where(present(padding.getAsInt()).gather(ids), Variable.scalar(weight.type(), 0));
  }

  /**
   * Returns a table of ones with a zero for the padding id, which also works for ids that are not
   * known yet.
   */
  private Variable present(int id) {
    float[] ones = new float[weight.shape().dim(0)];
    Arrays.fill(ones, 1);
    ones[id] = 0;
    return Variable.of(Tensor.of(Shape.of(ones.length, 1), ones).to(weight.type()));
  }

  @Override
  public void describe(Parts parts) {
    parts.parameter("weight", weight);
  }

  @Override
  public String toString() {
    return "Embedding"
        + weight.shape()
        + (padding.isPresent() ? " with padding " + padding.getAsInt() : "");
  }
}
