package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.function.Consumer;

/**
 * BERT's basic tokenizer (Devlin, Chang, Lee &amp; Toutanova 2019, arXiv:1810.04805), as Hugging
 * Face's {@code BertNormalizer} and {@code BertPreTokenizer} have it: control characters left out,
 * Chinese characters and punctuation each by itself, the rest by white space of any kind.
 *
 * @param lowerCase whether letters become small ones without accents, as in the "uncased" models;
 *     Hangul then falls apart into jamo, as it does there
 */
public record BertWords(boolean lowerCase) implements Tokenizer {
  private static final BertSplit SPLIT = new BertSplit();

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    BertText.of(lowerCase).before(SPLIT).tokenize(text, tokens);
  }

  @Override
  public String join(List<String> tokens) {
    return SPLIT.join(tokens);
  }
}
