package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.text.Special;
import dev.unroll.text.Vocabulary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncoderTest {
  private static final List<String> TEXTS =
      List.of("one \"two\" three", "하나 둘 셋\n\u0000", "one \uD83D\uDE00 two");

  static List<TextEncoder> encoders() {
    return List.of(
        TextEncoder.learn("words", TEXTS),
        TextEncoder.learn("characters", TEXTS),
        TextEncoder.learn("jamo", TEXTS),
        TextEncoder.learn("regex:\\S", TEXTS),
        TextEncoder.of(
            "whitespace", Vocabulary.of(Map.of("one", 1L), Special.PADDING, Special.UNKNOWN)),
        TextEncoder.of(new BpeTraining(300, 1).byteLevel(TEXTS)));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void theTextOfAnEncoderIsTheEncoder(TextEncoder encoder) {
    TextEncoder read = TextEncoder.parse(encoder.text());
    assertThat(read.size()).isEqualTo(encoder.size()).isPositive();
    assertThat(read.text()).isEqualTo(encoder.text());
    assertThat(read).hasToString(encoder.toString());
    for (String text : List.of("", "one four", TEXTS.get(1), TEXTS.get(2))) {
      int[] ids = encoder.encode(text);
      assertThat(read.encode(text)).isEqualTo(ids);
      assertThat(read.decode(ids)).isEqualTo(encoder.decode(ids));
    }
  }

  @Test
  void whatIsLearnedIsDecoded() {
    for (String name : List.of("words", "characters")) {
      TextEncoder encoder = TextEncoder.learn(name, TEXTS);
      assertThat(encoder.decode(encoder.encode("one two three"))).isEqualTo("one two three");
    }
    assertThat(TextEncoder.learn("words", List.of()).size()).isEqualTo(1);
    assertThat(TextEncoder.learn("words", List.of()).encode("a b")).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"tokenizer\":\"words\"}",
        "{\"tokenizer\":\"words\",\"vocabulary\":3}",
        "{\"tokenizer\":\"nothing\",\"vocabulary\":\"\"}",
        "{\"tokenizer\":\"json:/etc/passwd\",\"vocabulary\":\"\"}",
        "{\"subwords\":{}}",
        "{\"subwords\":{},\"more\":1}",
        "{\"tokenizer\":\"words\",\"tokenizer\":\"words\",\"vocabulary\":\"\"}",
        "{\"tokenizer\":\"words\",\"vocabulary\":\"\"} x"
      })
  void aMalformedTextIsRefused(String text) {
    assertThatThrownBy(() -> TextEncoder.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith("[");
  }

  @Test
  void nullAndFilesAreRefused() {
    Vocabulary v = Vocabulary.of(new Words(), "a");
    assertThatThrownBy(() -> TextEncoder.of(null, v)).hasMessage("tokenizer");
    assertThatThrownBy(() -> TextEncoder.of("words", null)).hasMessage("vocabulary");
    assertThatThrownBy(() -> TextEncoder.of(null)).hasMessage("tokenizer");
    assertThatThrownBy(() -> TextEncoder.of("words", v).encode(null)).hasMessage("text");
    assertThatThrownBy(() -> TextEncoder.of("json:x.json", v))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("[encoder] expected a tokenizer that is not read from a file");
  }
}
