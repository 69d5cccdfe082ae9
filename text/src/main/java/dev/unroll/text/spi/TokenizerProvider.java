package dev.unroll.text.spi;

import dev.unroll.tensor.spi.Named;
import dev.unroll.text.Tokenizer;

/** Creates tokenizers of one kind, selected by name. */
public interface TokenizerProvider extends Named {
  /**
   * Returns a tokenizer.
   *
   * @param argument the part after the name and a colon, as in {@code regex:\\w+}; may be empty
   * @throws IllegalArgumentException if the argument is missing, unexpected or invalid
   */
  Tokenizer create(String argument);
}
