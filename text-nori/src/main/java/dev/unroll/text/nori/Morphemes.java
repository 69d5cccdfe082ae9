package dev.unroll.text.nori;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.ko.KoreanTokenizer.DecompoundMode;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Splits Korean text into morphemes: 주식이 into 주식 and 이, 올랐다 into 오르, 았 and 다 (Lucene's Nori, with
 * the dictionary mecab-ko-dic). Compounds are split into their parts; white space and punctuation
 * are dropped. Isolated letters become tokens without consulting the dictionary: ㅋㅋ and ㅠㅠ in
 * 올랐다ㅋㅋㅠㅠ. Joining inserts single spaces.
 */
public final class Morphemes implements Tokenizer {

  /** Creates a tokenizer. */
  public Morphemes() {}

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    LooseLetters loose = LooseLetters.of(text);
    try (KoreanTokenizer nori =
        new KoreanTokenizer(
            KoreanTokenizer.DEFAULT_TOKEN_ATTRIBUTE_FACTORY,
            null,
            DecompoundMode.DISCARD,
            false,
            true)) {
      CharTermAttribute term = nori.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = nori.addAttribute(OffsetAttribute.class);
      nori.setReader(new StringReader(loose.blanked()));
      nori.reset();
      while (nori.incrementToken()) {
        loose.before(offset.startOffset(), tokens);
        tokens.accept(new Token(term.toString(), offset.startOffset(), offset.endOffset()));
      }
      loose.before(text.length(), tokens);
      nori.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A StringReader does not fail.
    }
  }

  @Override
  public String join(List<String> tokens) {
    return String.join(" ", tokens);
  }

  @Override
  public String toString() {
    return "Morphemes";
  }
}
