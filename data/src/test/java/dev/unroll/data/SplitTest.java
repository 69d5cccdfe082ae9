package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.RandomKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void theOnlyMemberOfAClassStaysForTraining() {
    for (int seed = 0; seed < 50; seed++) {
      for (double fraction : new double[] {0.1, 0.5, 0.9}) {
        // Fifty classes of one, ten of two, one of thirty, mixed.
        List<Integer> items = IntStream.range(0, 100).mapToObj(i -> i * 37 % 100).toList();
        Split<Integer> s = Split.stratified(items, SplitTest::rare, fraction, RandomKey.of(seed));
        Set<Object> learned =
            s.training().stream().map(SplitTest::rare).collect(Collectors.toSet());
        assertThat(learned).as("seed %d", seed).hasSize(61);
        long large = s.heldOut().stream().filter(i -> i >= 70).count();
        assertThat((double) large)
            .as("seed %d", seed)
            .isBetween(30 * fraction - 1, 30 * fraction + 1);
      }
    }
    assertThatThrownBy(() -> Split.stratified(ITEMS, i -> i, 0.5, RandomKey.of(1)))
        .hasMessage("[split] holding out 0.5 of 100 items leaves a part empty");
  }

  private static Object rare(int i) {
    return i < 50 ? i : i < 70 ? i / 2 + 100 : "large";
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, 1, 0, -0.5, Double.NaN, Double.POSITIVE_INFINITY})
  void aFractionOutsideIsRefused(double fraction) {
    RandomKey key = RandomKey.of(1);
    String message = "[split] expected a fraction above 0 and below 1, got " + fraction;
    assertThatThrownBy(() -> Split.last(ITEMS, fraction)).hasMessage(message);
    assertThatThrownBy(() -> Split.random(ITEMS, fraction, key)).hasMessage(message);
    assertThatThrownBy(() -> Split.stratified(ITEMS, i -> i % 3, fraction, key))
        .hasMessage(message);
  }

  @Test
  void aGapIsLeftOutBeforeTheLast() {
    Split<Integer> s = Split.last(ITEMS, 0.1, 5);
    assertThat(s.training()).isEqualTo(ITEMS.subList(0, 85));
    assertThat(s.heldOut()).isEqualTo(ITEMS.subList(90, 100));
    assertThatThrownBy(() -> Split.last(ITEMS, 0.1, -1))
        .hasMessage("[split] expected a gap of at least 0, got -1");
    assertThatThrownBy(() -> Split.last(ITEMS, 0.1, Integer.MAX_VALUE))
        .hasMessage("[split] holding out 0.1 of 100 items leaves a part empty");
  }

  @Test
  void itemsSortedByLabelAreRefused() {
    assertThatThrownBy(() -> Split.last(ITEMS, i -> i < 50 ? "bad" : "good", 0.1))
        .hasMessage(
            "[split] expected the last 10 items to have several classes, each also in the training part, "
                + "got [good] after [bad, good]: items sorted by label need a "
                + "stratified split");
    assertThatThrownBy(() -> Split.last(ITEMS, i -> i / 10, 0.2))
        .hasMessageContaining("got [8, 9] after [0, 1, 2, 3, 4, 5, 6, 7]");
    assertThat(Split.last(ITEMS, i -> i % 2, 0.1)).isEqualTo(Split.last(ITEMS, 0.1));
    assertThat(Split.last(ITEMS, i -> "one", 0.1)).isEqualTo(Split.last(ITEMS, 0.1));
  }

  @Test
  void aPartThatWouldBeEmptyIsRefused() {
    assertThatThrownBy(() -> Split.last(List.of(1, 2), 0.1))
        .hasMessage("[split] holding out 0.1 of 2 items leaves a part empty");
  }
}
