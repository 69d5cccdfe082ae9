package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.function.Consumer;

/**
 * BERT's basic tokenizer (Devlin, Chang, Lee &amp; Toutanova 2019, arXiv:1810.04805), as in Hugging
 * Face's {@code BertNormalizer} and {@code BertPreTokenizer}: control characters are removed, each
 * Chinese character and punctuation mark is a token, and the rest is split at white space.
 *
 * {@snippet class="snippets.TokenizeTest" region="BertWords"}
 *
 * @param lowerCase whether letters become lower case without accents, as in the "uncased" models;
 *     as in these, Hangul then decomposes into jamo
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
