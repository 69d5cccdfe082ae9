package dev.unroll.text.spi;

import dev.unroll.tensor.spi.Named;
import dev.unroll.text.Tokenizer;

/** A kind of tokenizer, chosen by name. */
public interface TokenizerProvider extends Named {
  /**
   * Returns a tokenizer.
   *
   * @param argument what stands behind the name and a colon, as in {@code regex:\\w+}; empty if
   *     there is nothing
   * @throws IllegalArgumentException if it needs one and there is none, or takes none, or cannot
   *     use this one
   */
  Tokenizer create(String argument);
}
