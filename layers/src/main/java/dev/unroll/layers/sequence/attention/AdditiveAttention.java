package dev.unroll.layers.sequence.attention;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.Shape;
import java.util.Objects;

/**
 * {@code score = tanh(query W + memory U) v} (Bahdanau, Cho &amp; Bengio 2015, "Neural machine
 * translation by jointly learning to align and translate", arXiv:1409.0473, A.1.2).
 *
 * {@snippet class="snippets.AttentionTest" region="AdditiveAttention"}
 *
 * @param weightQuery W, {@code [H, A]}
 * @param weightMemory U, {@code [M, A]}
 * @param weightScore v, {@code [A, 1]}
 */
public record AdditiveAttention(
    Parameter weightQuery, Parameter weightMemory, Parameter weightScore) implements Attention {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if the weights are not {@code [H, A]}, {@code [M, A]} and
   *     {@code [A, 1]}
   */
  public AdditiveAttention {
    Objects.requireNonNull(weightQuery, "weightQuery");
    Objects.requireNonNull(weightMemory, "weightMemory");
    Objects.requireNonNull(weightScore, "weightScore");
    Shape query = weightQuery.shape();
    Shape memory = weightMemory.shape();
    if (query.rank() != 2
        || memory.rank() != 2
        || memory.dim(1) != query.dim(1)
        || !weightScore.shape().equals(Shape.of(query.dim(1), 1))) {
      throw new IllegalArgumentException(
          "[attention] expected weights [H, A], [M, A] and [A, 1], got "
              + query
              + ", "
              + memory
              + " and "
              + weightScore.shape());
    }
  }

  /**
   * Returns a new layer.
   *
   * @param querySize H
   * @param memorySize M
   * @param size A
   */
  public static AdditiveAttention of(int querySize, int memorySize, int size, Init init) {
    return new AdditiveAttention(
        init.at("weightQuery").glorot(querySize, size, 1),
        init.at("weightMemory").glorot(memorySize, size, 1),
        init.at("weightScore").glorot(size, 1, 1));
  }

  @Override
  public Variable keys(Variable memory) {
    return memory.matmul(weightMemory);
  }

  @Override
  public Variable scores(Variable query, Variable keys) {
    Shape one = Shape.of(keys.shape().dim(0), 1, keys.shape().dim(2));
    Variable sums = keys.add(query.matmul(weightQuery).reshape(one));
    return sums.tanh().matmul(weightScore).reshape(keys.shape().without(2));
  }

  @Override
  public void describe(Parts parts) {
    parts
        .parameter("weightQuery", weightQuery)
        .parameter("weightMemory", weightMemory)
        .parameter("weightScore", weightScore);
  }
}
