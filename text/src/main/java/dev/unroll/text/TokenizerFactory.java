package dev.unroll.text;

/**
 * Creates the tokenizers of one kind.
 *
 * {@snippet class="snippets.TextTest" region="TokenizerFactory"}
 */
@FunctionalInterface
public interface TokenizerFactory {
  /**
   * Returns a tokenizer.
   *
   * @param argument the text after the name and a colon, as in {@code regex:\\w+}; empty if there
   *     is none
   * @throws IllegalArgumentException if an argument is missing, not accepted, or invalid
   */
  Tokenizer create(String argument);
}
