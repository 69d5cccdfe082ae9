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
   * path or class path.
   *
   * @throws IllegalArgumentException if there is none of this name; the message lists the names
   * @throws IllegalStateException if two providers have one name
   */
  static Tokenizer named(String name) {
    return new Registry<>(
            "tokenizer",
            ServiceLoader.load(TokenizerProvider.class, TokenizerProvider.class.getClassLoader()))
        .named(name)
        .create();
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
