package dev.unroll.text.nori;

import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerFactory;
import dev.unroll.text.TokenizerProvider;
import java.util.Map;

/** Makes {@link Morphemes} available by name, as {@code nori}. */
public final class MorphemesProvider implements TokenizerProvider {
  /** Called by the service loader. */
  public MorphemesProvider() {}

  @Override
  public Map<String, TokenizerFactory> byName() {
    return Map.of("nori", MorphemesProvider::create);
  }

  private static Tokenizer create(String argument) {
    if (!argument.isEmpty()) {
      throw new IllegalArgumentException(
          "[tokenizer] nori takes no argument, given \"" + argument + "\"");
    }
    return new Morphemes();
  }
}
