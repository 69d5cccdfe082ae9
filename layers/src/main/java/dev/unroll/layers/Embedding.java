package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A vector for each code: {@code [...] -> [..., E]}. Its gradient stays rows: only the vectors
 * looked up are touched, by an update too.
 *
 * @param weight {@code [V, E]}
 * @param padding the code whose vector is zero and stays so, whatever its row of the weight is:
 *     PyTorch returns the row (see {@link #padding(int)})
 */
public record Embedding(Parameter weight, OptionalInt padding) implements Deterministic {

  /** Makes a layer of vectors that are there. */
  public Embedding(Parameter weight) {
    this(weight, OptionalInt.empty());
  }

  /** Returns a layer whose vectors are normal numbers of deviation 0.1. */
  public static Embedding of(int vocabulary, int size, Init init) {
    return new Embedding(init.at("weight").normal(0.1, vocabulary, size));
  }

  /**
   * Returns the same vectors with zeros for one code, whatever its row of the weight is: padding
   * then adds nothing to a sum or a convolution. Layers that are given lengths do without.
   *
   * <p>PyTorch's {@code padding_idx} only keeps that row from being trained: an {@code
   * nn.Embedding} returns it as it is, and it is zero unless weights were loaded into it. Where an
   * imported row is not zero, {@code new Embedding(weight)} gives PyTorch's values; freeze the
   * weight to keep the row.
   *
   * @param code from 0 to V - 1
   * @throws IllegalArgumentException if there is no such code
   */
  public Embedding padding(int code) {
    int vocabulary = weight.shape().dim(0);
    if (code < 0 || code >= vocabulary) {
      throw new IllegalArgumentException(
          "[embedding] padding must be a code from 0 to " + (vocabulary - 1) + ", not " + code);
    }
    return new Embedding(weight, OptionalInt.of(code));
  }

  /**
   * Looks codes up.
   *
   * @param codes int32, each from 0 to V - 1
   */
  @Override
  public Variable apply(Variable codes) {
    Variable vectors = weight.rows(codes);
    return padding.isEmpty()
        ? vectors
        : vectors.where(present(padding.getAsInt()).rows(codes), Variable.scalar(weight.type(), 0));
  }

  /** A table of ones, but for a zero: so that it works on codes that are not known yet too. */
  private Variable present(int code) {
    float[] ones = new float[weight.shape().dim(0)];
    Arrays.fill(ones, 1);
    ones[code] = 0;
    return Variable.of(Tensor.of(Shape.of(ones.length, 1), ones).to(weight.type()));
  }

  @Override
  public void describe(Parts parts) {
    parts.parameter("weight", weight);
  }
}
