package dev.unroll.text.nori;

import dev.unroll.text.Tokenizer;
import dev.unroll.text.spi.TokenizerProvider;

/** Registers {@link Morphemes} as {@code nori}. */
public final class MorphemesProvider implements TokenizerProvider {
  /** Called by the service loader. */
  public MorphemesProvider() {}

  @Override
  public String name() {
    return "nori";
  }

  @Override
  public Tokenizer create(String argument) {
    if (!argument.isEmpty()) {
      throw new IllegalArgumentException(
          "[tokenizer] nori takes no argument, given \"" + argument + "\"");
    }
    return new Morphemes();
  }
}
