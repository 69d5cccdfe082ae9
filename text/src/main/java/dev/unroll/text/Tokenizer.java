package dev.unroll.text;

import dev.unroll.tensor.spi.Registry;
import dev.unroll.text.spi.TokenizerFactory;
import dev.unroll.text.spi.TokenizerProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * Splits text into tokens, and joins tokens into text.
 *
 * {@snippet class="snippets.TextTest" region="Tokenizer"}
 */
public interface Tokenizer {

  /**
   * Returns a tokenizer by name. The names are those of the {@link TokenizerProvider}s on the
   * module path or class path; an argument follows after a colon: {@code regex:\\w+}, {@code
   * json:tokenizer.json}.
   *
   * @throws IllegalArgumentException if the name is unknown; the message lists the names
   * @throws IllegalStateException if two providers have the same name
   */
  static Tokenizer named(String name) {
    int colon = name.indexOf(':');
    return tokenizers()
        .named(colon < 0 ? name : name.substring(0, colon))
        .create(colon < 0 ? "" : name.substring(colon + 1));
  }

  /** Returns the names of all tokenizers, in alphabetical order: see {@link #named}. */
  static List<String> names() {
    return tokenizers().names();
  }

  private static Registry<TokenizerFactory> tokenizers() {
    return Registry.load(
        "tokenizer", TokenizerProvider.class, l -> ServiceLoader.load(TokenizerProvider.class, l));
  }

  /** Passes the tokens of a text to a consumer, from left to right. */
  void tokenize(String text, Consumer<Token> tokens);

  /** Returns the tokens of a text. */
  default List<String> tokenize(String text) {
    List<String> all = new ArrayList<>();
    tokenize(text, t -> all.add(t.text()));
    return all;
  }

  /** Joins tokens into text, as close to the original as the tokens allow. */
  String join(List<String> tokens);
}
