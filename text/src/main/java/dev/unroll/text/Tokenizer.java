package dev.unroll.text;

import dev.unroll.tensor.spi.Registry;
import dev.unroll.text.spi.TokenizerProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Cuts texts into tokens, and puts tokens together again. */
public interface Tokenizer {

  /**
   * Returns a tokenizer by name. Names are those of the {@link TokenizerProvider}s on the module
   * path or class path; what one needs stands behind a colon: {@code regex:\\w+}, {@code
   * json:tokenizer.json}.
   *
   * @throws IllegalArgumentException if there is none of this name; the message lists the names
   * @throws IllegalStateException if two providers have one name
   */
  static Tokenizer named(String name) {
    int colon = name.indexOf(':');
    return new Registry<>(
            "tokenizer",
            ServiceLoader.load(TokenizerProvider.class, TokenizerProvider.class.getClassLoader()))
        .named(colon < 0 ? name : name.substring(0, colon))
        .create(colon < 0 ? "" : name.substring(colon + 1));
  }

  /** Hands the tokens of a text over, one by one, from left to right. */
  void tokenize(String text, Consumer<Token> tokens);

  /** Returns the tokens of a text. */
  default List<String> tokenize(String text) {
    List<String> all = new ArrayList<>();
    tokenize(text, t -> all.add(t.text()));
    return all;
  }

  /** Returns the text of tokens, as nearly as they say. */
  String join(List<String> tokens);
}
