package dev.unroll.text.nori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.text.Normalizer;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MorphemesTest {
  private final Tokenizer nori = Tokenizers.named("nori");

  @Test
  void sentencesFallApartIntoMorphemes() {
    assertThat(nori.tokenize("Apple 빼고 다른 주식이 올랐다"))
        .containsExactly("Apple", "빼", "고", "다른", "주식", "이", "오르", "았", "다");
    assertThat(nori.tokenize("다른 주식 빼고 Apple이 올랐다"))
        .containsExactly("다른", "주식", "빼", "고", "Apple", "이", "오르", "았", "다");
    assertThat(nori.tokenize("")).isEmpty();
    assertThat(nori.join(List.of("주식", "이"))).isEqualTo("주식 이");
  }

  /** The recipe of docs/text.md. */
  @Test
  void lettersThatStandAloneAreMorphemesOfTheirOwn() {
    Tokenizer morphemes = Normalizer.nfc().then(Normalizer.shortened(2)).before(nori);
    String text = "주식이 올랐다ㅋㅋㅋㅠㅠ";
    List<Token> tokens = new ArrayList<>();
    morphemes.tokenize(text, tokens::add);
    assertThat(tokens)
        .extracting(Token::text)
        .containsExactly("주식", "이", "오르", "았", "다", "ㅋㅋ", "ㅠㅠ");
    assertThat(tokens.get(5)).isEqualTo(new Token("ㅋㅋ", 7, 10));
    assertThat(tokens.getLast().end()).isEqualTo(text.length());
    assertThat(morphemes.tokenize("ㅇㅋ 갔다ㅠ가")).startsWith("ㅇㅋ").contains("ㅠ", "가");
    assertThat(morphemes.tokenize(Normalizer.nfd().normalize(text)))
        .isEqualTo(morphemes.tokenize(text));
  }

  @Test
  void offsetsAreThoseOfTheText() {
    String text = "  나는 학교에 갔다! 😀 hello";
    List<Token> tokens = new ArrayList<>();
    nori.tokenize(text, tokens::add);
    assertThat(tokens).extracting(Token::text).contains("나", "는", "학교", "에", "hello");
    for (Token t : tokens) {
      if (List.of("나", "학교", "hello").contains(t.text())) {
        assertThat(text.substring(t.start(), t.end())).isEqualTo(t.text());
      }
      assertThat(t.start()).isBetween(0, t.end());
      assertThat(t.end()).isLessThanOrEqualTo(text.length());
    }
  }

  @Test
  void anArgumentIsRefused() {
    assertThatThrownBy(() -> Tokenizers.named("nori:x"))
        .hasMessage("[tokenizer] nori takes no argument, given \"x\"");
  }
}
