package dev.unroll.text;

import java.util.List;
import java.util.function.Consumer;

/** A tokenizer behind a normalizer: its offsets are those of the text that was given. */
record NormalizedTokenizer(Normalizer normalizer, Tokenizer tokenizer) implements Tokenizer {
  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    Rewritten r = Rewritten.of(normalizer, text);
    tokenizer.tokenize(
        r.text(),
        t -> tokens.accept(new Token(t.text(), r.start(t.start()), r.end(t.start(), t.end()))));
  }

  @Override
  public String join(List<String> tokens) {
    return tokenizer.join(tokens);
  }
}
