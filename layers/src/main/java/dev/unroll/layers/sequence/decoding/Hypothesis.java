package dev.unroll.layers.sequence.decoding;

import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * A sequence found by a search.
 *
 * @param tokens the tokens, without the begin and end tokens
 * @param logProbabilities the log-probability of each token, and of the end token if it was
 *     reached, in nats
 * @param ended whether the sequence ended by the end token rather than by the limit
 * @param score the sum of the log-probabilities, divided by the length penalty if any
 * @param attention the attention weights for each of them, {@code [n, S]}, n as for the
 *     log-probabilities; {@code [n, 0]} without attention
 */
public record Hypothesis(
    List<Integer> tokens,
    List<Double> logProbabilities,
    boolean ended,
    double score,
    Tensor attention) {

  /** Copies the lists. */
  public Hypothesis {
    Objects.requireNonNull(tokens, "tokens").forEach(each -> Objects.requireNonNull(each, "token"));
    Objects.requireNonNull(logProbabilities, "logProbabilities")
        .forEach(each -> Objects.requireNonNull(each, "logProbability"));
    Objects.requireNonNull(attention, "attention");
    tokens = List.copyOf(tokens);
    logProbabilities = List.copyOf(logProbabilities);
  }
}
