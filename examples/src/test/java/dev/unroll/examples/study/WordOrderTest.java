package dev.unroll.examples.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Example;
import dev.unroll.tensor.RandomKey;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordOrderTest {
  private final WordOrder sentences = new WordOrder();

  @Test
  void theFirstPairIsThatOfTheMission() {
    WordOrder.Pair first = sentences.first();
    assertThat(WordOrder.Pair.text(first.but())).isEqualTo("Apple 빼고 다른 주식이 올랐다");
    assertThat(WordOrder.Pair.text(first.only())).isEqualTo("다른 주식 빼고 Apple이 올랐다");
  }

  @Test
  void bothSentencesOfAPairHoldTheSameWords() {
    List<WordOrder.Pair> all = sentences.shuffled(RandomKey.of(1));
    assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    assertThat(all.getFirst()).isEqualTo(sentences.first());
    for (WordOrder.Pair p : all) {
      assertThat(p.but()).isNotEqualTo(p.only()).containsExactlyInAnyOrderElementsOf(p.only());
    }
    List<Example> two = sentences.examples(List.of(sentences.first()));
    assertThat(two.get(0).target().item()).isZero();
    assertThat(two.get(1).target().item()).isEqualTo(1);
    assertThat(two.get(0).input().toInts()).isNotEqualTo(two.get(1).input().toInts());
  }
}
