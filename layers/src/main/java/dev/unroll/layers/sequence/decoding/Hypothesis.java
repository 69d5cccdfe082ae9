package dev.unroll.layers.sequence.decoding;

import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * A sequence that a search has found.
 *
 * @param tokens without those that begin and end it
 * @param logProbabilities of each token and of the end, if it was reached, as the model has them,
 *     in nats
 * @param ended whether it came to its end by itself, and not by the limit
 * @param score what it was compared by: the sum of the logarithms, divided by a function of the
 *     length where there is one
 * @param attention where the decoder looked when it put out each of them, {@code [n, S]}, n that of
 *     the logarithms; {@code [n, 0]} if it looks nowhere
 */
public record Hypothesis(
    List<Integer> tokens,
    List<Double> logProbabilities,
    boolean ended,
    double score,
    Tensor attention) {

  /** Copies the lists. */
  public Hypothesis {
    tokens = List.copyOf(tokens);
    logProbabilities = List.copyOf(logProbabilities);
  }
}
