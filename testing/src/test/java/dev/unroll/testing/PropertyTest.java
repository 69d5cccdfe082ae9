package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Properties that fail show a seed, with which they fail again, and a smallest case. */
class PropertyTest {
  private static List<Integer> list(Choices c) {
    int n = c.between("n", 0, 30);
    return c.show("list", IntStream.range(0, n).mapToObj(i -> c.choose(1000)).toList());
  }

  private static void elementsAreSmall(Choices c) {
    assertThat(list(c)).allMatch(i -> i < 700);
  }

  @Test
  void aPropertyThatHoldsIsCheckedOnAllCases() {
    List<String> cases = new ArrayList<>();
    Property.holds(c -> {
      c.between("x", -5, 1000);
      cases.add(c.toString());
    });
    assertThat(cases).hasSize(Property.cases(Property.CASES)).contains("x = -5", "x = 1000");
  }

  @Test
  void theSmallestCaseIsShown() {
    assertThatThrownBy(() -> Property.holds(PropertyTest::elementsAreSmall))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the smallest case that fails: n = 1, list = [700]")
        .hasMessageContaining("-Dunroll.seed=");
  }

  @Test
  void choicesAreRepeatedByTheirSeedAndByTheirSequence() {
    Choices first = Choices.random(5);
    List<Integer> drawn = list(first);
    assertThat(list(Choices.random(5))).isEqualTo(drawn);
    assertThat(list(Choices.repeated(first.sequence()))).isEqualTo(drawn);
    assertThat(list(Choices.random(6))).isNotEqualTo(drawn);
  }

  @Test
  void aSmallerCaseFailsInTheSameWay() {
    assertThatThrownBy(() ->
            Property.holds(c -> {
              int x = c.between("x", 0, 1000);
              if (x < 10) {
                throw new IllegalStateException();
              }
              assertThat(x).isLessThan(100);
            }))
        .satisfiesAnyOf(
            e -> assertThat(e).hasMessageContaining("fails: x = 0"),
            e -> assertThat(e).hasMessageContaining("fails: x = 100"));
  }
}
