package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import dev.unroll.text.Token;
import java.util.List;
import java.util.function.Consumer;

/** A subword tokenizer behind a normalizer. */
record NormalizedSubwords(Normalizer normalizer, Subwords subwords) implements Subwords {
  @Override
  public List<String> tokens() {
    return subwords.tokens();
  }

  @Override
  public int id(String token) {
    return subwords.id(token);
  }

  @Override
  public int[] encode(String text) {
    return subwords.encode(normalizer.normalize(text));
  }

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    normalizer.before(subwords).tokenize(text, tokens);
  }

  @Override
  public String join(List<String> tokens) {
    return subwords.join(tokens);
  }
}
