package dev.unroll.text.spi;

import dev.unroll.tensor.spi.Provider;

/** Makes the tokenizers of a module available by name. */
public interface TokenizerProvider extends Provider<TokenizerFactory> {}
