package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cuts words into parts that come often, and numbers them: a tokenizer with a vocabulary of its
 * own.
 */
public interface Subwords extends Tokenizer {

  /** Returns all tokens, in the order of their numbers. */
  List<String> tokens();

  /** Returns a text as numbers. */
  default int[] encode(String text) {
    IntStream.Builder all = IntStream.builder();
    tokenize(text, t -> all.add(id(t.text())));
    return all.build().toArray();
  }

  /**
   * Returns the text of numbers, as nearly as they say.
   *
   * @throws IndexOutOfBoundsException if one is no token's
   */
  default String decode(int... codes) {
    return join(IntStream.of(codes).mapToObj(tokens()::get).toList());
  }

  /**
   * Returns the number of a token.
   *
   * @throws IllegalArgumentException if there is none
   */
  int id(String token);

  /**
   * Returns the same without the tokens that a {@code tokenizer.json} puts around each text, such
   * as {@code [CLS]} and {@code [SEP]}; itself if it puts none.
   */
  default Subwords withoutTemplate() {
    return this;
  }

  /**
   * Returns the same tokens of normalized texts, with offsets into the texts that are given. Unlike
   * {@link Normalizer#before} it keeps the vocabulary.
   */
  default Subwords after(Normalizer normalizer) {
    return new Pipeline(Optional.of(normalizer), List.of(), this);
  }
}
