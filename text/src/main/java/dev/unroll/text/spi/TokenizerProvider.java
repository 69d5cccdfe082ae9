package dev.unroll.text.spi;

import dev.unroll.tensor.spi.Named;
import dev.unroll.text.Tokenizer;

/** A kind of tokenizer, chosen by name. */
public interface TokenizerProvider extends Named {
  /** Returns the tokenizer. */
  Tokenizer create();
}
