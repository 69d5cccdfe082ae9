package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.function.Consumer;

/** Takes a text as one word, for subwords without a pre-tokenizer. */
record WholeText() implements Tokenizer {
  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    if (!text.isEmpty()) {
      tokens.accept(new Token(text, 0, text.length()));
    }
  }

  @Override
  public String join(List<String> tokens) {
    return String.join("", tokens);
  }
}
