package dev.unroll.text.builtin;

import dev.unroll.text.Characters;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.spi.TokenizerProvider;

/** Makes {@link Characters} known as {@code characters}. */
public final class CharactersProvider implements TokenizerProvider {
  @Override
  public String name() {
    return "characters";
  }

  @Override
  public Tokenizer create() {
    return new Characters();
  }
}
