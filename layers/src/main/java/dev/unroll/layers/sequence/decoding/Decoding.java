package dev.unroll.layers.sequence.decoding;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.recurrent.State;
import dev.unroll.tensor.RandomKey;
import java.util.List;

/**
 * Puts a decoder to use: each token that it predicts is the next that it reads, until it predicts
 * the end. All rows of a batch advance together; those that have ended are left out.
 *
 * <pre>{@code
 * new Decoding(BEGIN, END, 50).beam(model.decoder(), model.encode(source, lengths, mode), 4, 0.6);
 * }</pre>
 *
 * @param begin the token that stands before the first
 * @param end the token behind the last; -1 if there is none, so that only the limit ends a sequence
 * @param longest the limit: tokens of a sequence, its end counted, at least 1
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
   * Returns, for each row of the state, what follows if the most probable token is always taken.
   *
   * @throws IllegalArgumentException if logits are NaN, or none is above -Infinity: so do the other
   *     searches. A logit of +Infinity has probability 1, several share it
   */
  public <S extends State<S>> List<Hypothesis> greedy(Decoder<S> decoder, S start) {
    return beam(decoder, start, 1, 0).stream().map(List::getFirst).toList();
  }

  /**
   * Returns, for each row of the state, what follows if tokens are drawn.
   *
   * @param key the same one draws the same tokens in a row of the same number
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
   * all continuations of the sequences that are open the most probable are kept, {@code width} less
   * those that have ended; so a width of 1 is the greedy search, and one that drops nothing is the
   * exhaustive one. Finished sequences are compared by {@code log p / ((5 + n) / 6)^alpha}, n their
   * tokens with the end (Wu et al. 2016, "Google's neural machine translation system",
   * arXiv:1609.08144, equation 14).
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
