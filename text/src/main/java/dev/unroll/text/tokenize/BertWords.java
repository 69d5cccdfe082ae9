package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * BERT's basic tokenizer (Devlin, Chang, Lee &amp; Toutanova 2019, arXiv:1810.04805): control
 * characters left out, Chinese characters and punctuation each by itself, the rest by white space.
 *
 * @param lowerCase whether letters become small ones without accents, as in the "uncased" models;
 *     Hangul then falls apart into jamo, as it does there
 */
public record BertWords(boolean lowerCase) implements Tokenizer {
  private static final Normalizer SMALL =
      Normalizer.nfd().then(Normalizer.withoutAccents()).then(Normalizer.lowerCase());

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    if (lowerCase) {
      SMALL.before(new BertWords(false)).tokenize(text, tokens);
      return;
    }
    StringBuilder word = new StringBuilder();
    int begin = 0;
    int end = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean alone = isPunctuation(c) || isChinese(c);
      if ((alone || isSpace(c)) && !word.isEmpty()) {
        tokens.accept(new Token(word.toString(), begin, end));
        word.setLength(0);
      }
      if (alone) {
        tokens.accept(new Token(Character.toString(c), i, next));
      } else if (!isSpace(c) && !isControl(c)) {
        begin = word.isEmpty() ? i : begin;
        end = next;
        word.appendCodePoint(c);
      }
      i = next;
    }
    if (!word.isEmpty()) {
      tokens.accept(new Token(word.toString(), begin, end));
    }
  }

  static boolean isSpace(int c) {
    return c == '\t' || c == '\n' || c == '\r' || Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  static boolean isControl(int c) {
    int type = Character.getType(c);
    return c == 0
        || c == 0xFFFD
        || ((type == Character.CONTROL || type == Character.FORMAT) && !isSpace(c));
  }

  private static final Pattern PUNCTUATION = Pattern.compile("\\p{P}");

  static boolean isPunctuation(int c) {
    boolean ascii = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".indexOf(c) >= 0;
    return c < 127 ? ascii : PUNCTUATION.matcher(Character.toString(c)).matches();
  }

  static boolean isChinese(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }

  @Override
  public String join(List<String> tokens) {
    return String.join(" ", tokens);
  }
}
