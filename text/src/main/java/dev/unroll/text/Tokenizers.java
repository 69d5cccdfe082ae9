package dev.unroll.text;

import dev.unroll.tensor.spi.Registry;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * Tokenizers by name: the built-in ones, and those of every {@link TokenizerProvider}.
 *
 * {@snippet class="snippets.TextTest" region="Tokenizers"}
 */
public final class Tokenizers {
  private Tokenizers() {}

  /**
   * Returns a tokenizer by name. The names are those of the {@link TokenizerProvider}s on the
   * module path or class path; an argument follows after a colon: {@code regex:\\w+}, {@code
   * json:tokenizer.json}.
   *
   * @throws IllegalArgumentException if the name is unknown, and the message lists the names; or if
   *     the argument is missing, not accepted, or invalid
   * @throws IllegalStateException if two providers have the same name, or one is invalid
   */
  public static Tokenizer named(String name) {
    int colon = Objects.requireNonNull(name, "name").indexOf(':');
    String argument = colon < 0 ? "" : name.substring(colon + 1);
    return tokenizers()
        .create(colon < 0 ? name : name.substring(0, colon), f -> f.create(argument));
  }

  /** Returns the names of all tokenizers, in alphabetical order: see {@link #named}. */
  public static List<String> names() {
    return tokenizers().names();
  }

  private static Registry<TokenizerFactory> tokenizers() {
    return Registry.load(
        "tokenizer", TokenizerProvider.class, l -> ServiceLoader.load(TokenizerProvider.class, l));
  }
}
