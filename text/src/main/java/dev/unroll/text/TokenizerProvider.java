package dev.unroll.text;

import dev.unroll.tensor.spi.Provider;

/**
 * Makes the tokenizers of a module available by name.
 *
 * {@snippet class="snippets.TextTest" region="TokenizerProvider"}
 */
public interface TokenizerProvider extends Provider<TokenizerFactory> {}
