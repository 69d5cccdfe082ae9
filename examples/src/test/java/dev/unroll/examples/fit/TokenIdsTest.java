package dev.unroll.examples.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenIdsTest {
  private final Tokenizer characters = Tokenizers.named("characters");
  private final TokenIds ids = TokenIds.of(characters, List.of("가나", "나다"));

  @Test
  void textsBecomeIdsAndIdsTexts() {
    int[] target = ids.encodeTarget("다나");
    assertThat(target).hasSize(3).startsWith(ids.encode("다나")).endsWith(ids.end());
    assertThat(ids.decode(List.of(ids.begin(), target[0], target[1], target[2]))).isEqualTo("다나");
    assertThat(ids.size()).isEqualTo(6);
    assertThat(ids.end()).isNotEqualTo(ids.begin());
  }

  @Test
  void anEmptyTextIsTheEnd() {
    assertThat(ids.encode("")).isEmpty();
    assertThat(ids.encodeTarget("")).containsExactly(ids.end());
    assertThat(ids.decode(List.of())).isEmpty();
  }
}
