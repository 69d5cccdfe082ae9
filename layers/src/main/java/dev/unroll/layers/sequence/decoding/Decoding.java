package dev.unroll.layers.sequence.decoding;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.recurrent.State;
import dev.unroll.tensor.RandomKey;
import java.util.List;

/**
 * Generates sequences with a decoder: each predicted token is the next input, until the end token
 * is predicted. All rows of a batch advance together; ended ones are removed.
 *
 * {@snippet class="snippets.DecodingTest" region="Decoding"}
 *
 * @param begin the token that precedes the first
 * @param end the token that follows the last; -1 if there is none, so that only the limit ends a
 *     sequence
 * @param longest the maximum number of tokens of a sequence, including the end, at least 1
 */
public record Decoding(int begin, int end, int longest) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is outside
   */
  public Decoding {
    if (begin < 0 || end < -1 || longest < 1) {
      throw new IllegalArgumentException(
          "[decoding] begin must be at least 0, end at least -1, longest at least 1; given "
              + begin
              + ", "
              + end
              + " and "
              + longest);
    }
  }

  /**
   * Returns, for each row of the state, the sequence of the most probable tokens.
   *
   * @throws IllegalArgumentException if logits are NaN, or none is above -Infinity, as in the other
   *     searches. A logit of +Infinity has probability 1, which several share
   */
  public <S extends State<S>> List<Hypothesis> greedy(Decoder<S> decoder, S start) {
    return beam(decoder, start, 1, 0).stream().map(List::getFirst).toList();
  }

  /**
   * Returns, for each row of the state, a sampled sequence.
   *
   * @param key the same key samples the same tokens in a row of the same index
   */
  public <S extends State<S>> List<Hypothesis> sample(
      Decoder<S> decoder, S start, Sampling sampling, RandomKey key) {
    Choice drawn =
        (row, ended, open, logProbabilities) -> {
          double unit = key.fold(row).unit(open[0].length());
          int token = sampling.draw(logProbabilities[0], unit);
          return List.of(new Choice.Next(0, token));
        };
    return search(decoder, start, drawn, 0).stream().map(List::getFirst).toList();
  }

  /**
   * Returns, for each row of the state, the best sequences of a beam search, the best one first. Of
   * all continuations of open sequences, the most probable are retained, {@code width} minus the
   * number of ended ones; so a width of 1 is greedy search, and a sufficiently large width
   * exhaustive search. Ended sequences are compared by {@code log p / ((5 + n) / 6)^alpha}, where n
   * is the number of tokens including the end (Wu et al. 2016, "Google's neural machine translation
   * system", arXiv:1609.08144, equation 14).
   *
   * @param width at least 1
   * @param alpha 0 compares probabilities, which prefers short sequences; about 0.6 is usual
   */
  public <S extends State<S>> List<List<Hypothesis>> beam(
      Decoder<S> decoder, S start, int width, double alpha) {
    if (width < 1 || !(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "[decoding] width must be at least 1, alpha at least 0; given "
              + width
              + " and "
              + alpha);
    }
    return search(decoder, start, new Beam(width), alpha);
  }

  private <S extends State<S>> List<List<Hypothesis>> search(
      Decoder<S> decoder, S start, Choice choice, double alpha) {
    return Variable.withoutGradient(() -> new Search<>(decoder, this, choice).run(start, alpha));
  }
}
