package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.RandomKey;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

  @Test
  void theLastTenthIsHeldOut() {
    Split<Integer> s = Split.last(ITEMS, 0.1);
    assertThat(s.training()).isEqualTo(ITEMS.subList(0, 90));
    assertThat(s.heldOut()).isEqualTo(ITEMS.subList(90, 100));
  }

  @Test
  void aRandomSplitDependsOnItsKey() {
    Split<Integer> s = Split.random(ITEMS, 0.25, RandomKey.of(1));
    assertThat(s.heldOut()).hasSize(25).isSorted().isNotEqualTo(ITEMS.subList(75, 100));
    assertThat(Stream.concat(s.training().stream(), s.heldOut().stream()))
        .containsExactlyInAnyOrderElementsOf(ITEMS);
    assertThat(Split.random(ITEMS, 0.25, RandomKey.of(1))).isEqualTo(s);
    assertThat(Split.random(ITEMS, 0.25, RandomKey.of(2))).isNotEqualTo(s);
  }

  @Test
  void everyClassIsHeldOutAlike() {
    // Classes of 3, 27 and 70.
    Split<Integer> s =
        Split.stratified(ITEMS, i -> i < 3 ? "a" : i < 30 ? "b" : "c", 0.3, RandomKey.of(1));
    assertThat(s.heldOut()).hasSize(30);
    assertThat(s.heldOut().stream().filter(i -> i < 3)).hasSize(1);
    assertThat(s.heldOut().stream().filter(i -> i >= 3 && i < 30)).hasSize(8);
    assertThat(s.heldOut().stream().filter(i -> i >= 30)).hasSize(21);
  }

  @Test
  void aPartThatWouldBeEmptyIsRefused() {
    assertThatThrownBy(() -> Split.last(List.of(1, 2), 0.1))
        .hasMessage("[split] to hold out 0.1 of 2 items leaves a part empty");
  }
}
