package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.unicode.WhiteSpace;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Splits at white space, and isolates each punctuation mark: {@code BertPreTokenizer}. */
record BertSplit() implements Tokenizer {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{P}");

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    int begin = -1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean alone = isPunctuation(c);
      boolean ends = alone || WhiteSpace.is(c);
      if (ends && begin >= 0) {
        tokens.accept(new Token(text.substring(begin, i), begin, i));
        begin = -1;
      }
      if (alone) {
        tokens.accept(new Token(text.substring(i, next), i, next));
      } else if (!ends && begin < 0) {
        begin = i;
      }
      i = next;
    }
    if (begin >= 0) {
      tokens.accept(new Token(text.substring(begin), begin, text.length()));
    }
  }

  static boolean isPunctuation(int c) {
    if (c < 128) {
      return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }
    return PUNCTUATION.matcher(Character.toString(c)).matches();
  }

  @Override
  public String join(List<String> tokens) {
    return String.join(" ", tokens);
  }
}
