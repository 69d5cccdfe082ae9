package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A tokenizer that splits words into frequent subwords, with a vocabulary of its own.
 *
 * {@snippet class="snippets.TokenizeTest" region="Subwords"}
 */
public interface Subwords extends Tokenizer {

  /** Returns all tokens, in the order of their ids. */
  List<String> tokens();

  /** Returns the ids of a text. */
  default int[] encode(String text) {
    IntStream.Builder all = IntStream.builder();
    tokenize(text, t -> all.add(id(t.text())));
    return all.build().toArray();
  }

  /**
   * Returns the text of ids, as close to the original as the tokens allow.
   *
   * @throws IndexOutOfBoundsException if an id is out of range
   */
  default String decode(int... ids) {
    return join(IntStream.of(ids).mapToObj(tokens()::get).toList());
  }

  /**
   * Returns the id of a token.
   *
   * @throws IllegalArgumentException if it is not in the vocabulary
   */
  int id(String token);

  /**
   * Returns a tokenizer that does not add the tokens of the post-processor, such as {@code [CLS]}
   * and {@code [SEP]}, to each text; this tokenizer if it adds none.
   */
  default Subwords withoutTemplate() {
    return this;
  }

  /**
   * Returns a tokenizer of normalized text, with offsets into the original. Unlike {@link
   * Normalizer#before} it retains the vocabulary.
   */
  default Subwords after(Normalizer normalizer) {
    return new Pipeline(Optional.of(normalizer), List.of(), this);
  }
}
