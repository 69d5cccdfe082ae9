package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlaceResultsTest {
  private static void places(String before, String after) {
    StepGraph placed = PlaceResults.of(Graphs.parse(before));
    assertThat(placed).hasToString(after);
    assertThat(Verifier.holds(placed)).isTrue();
  }

  @Test
  void aComputedValueIsItsOwnPlace() {
    String text =
        """
        float64
        %x0 = sequence : [2, 3]
        %s0 = carried : [2, 4]
        %s1 = carried : [2, 3]
        %c0 = invariant : [3, 4]
        %4 = matmul %x0 %c0 : [2, 4]
        %5 = tanh %x0 : [2, 3]
        output 0 %5
        next 0 %4
        next 1 %5
        """;
    places(text, text);
  }

  @Test
  void inputsViewsAndPaddedValuesAreCopied() {
    places(
        """
        float64
        %x0 = sequence : [4]'
        %s0 = carried : [4]
        %2 = slice[axis=0, from=0, to=2] %x0 : [2]'
        %3 = pad[axis=0, from=0, size=5] %x0 : [5]'
        output 0 %x0
        output 1 %2
        output 2 %3
        next 0 %s0
        """,
        """
        float64
        %x0 = sequence : [4]'
        %s0 = carried : [4]
        %2 = slice[axis=0, from=0, to=2] %x0 : [2]'
        %3 = pad[axis=0, from=0, size=5] %x0 : [5]'
        %4 = identity[number=0] %s0 : [4]
        %5 = identity[number=1] %x0 : [4]'
        %6 = identity[number=2] %2 : [2]'
        %7 = identity[number=3] %3 : [5]'
        output 0 %5
        output 1 %6
        output 2 %7
        next 0 %4
        """);
  }

  @Test
  void aValueThatIsReturnedTwiceIsCopied() {
    places(
        """
        float64
        %x0 = sequence : [4]
        %s0 = carried : [4]
        %s1 = carried : [4]
        %3 = tanh %x0 : [4]
        output 0 %3
        output 1 %3
        next 0 %3
        next 1 %3
        """,
        """
        float64
        %x0 = sequence : [4]
        %s0 = carried : [4]
        %s1 = carried : [4]
        %3 = tanh %x0 : [4]
        %4 = identity[number=0] %3 : [4]
        %5 = identity[number=1] %3 : [4]
        output 0 %3
        output 1 %5
        next 0 %3
        next 1 %4
        """);
  }

  @Test
  void whatCannotBeComputedWhereTheNextStepReceivesItIsCopiedThere() {
    places(
        """
        float64
        %x0 = sequence : [2, 3]
        %s0 = carried : [2, 4]
        %s1 = carried : [2, 3]
        %c0 = invariant : [3, 4]
        %4 = matMulAdd %s0 %x0 %c0 : [2, 4]
        %5 = softmax %x0 : [2, 3]
        next 0 %4
        next 1 %5
        """,
        """
        float64
        %x0 = sequence : [2, 3]
        %s0 = carried : [2, 4]
        %s1 = carried : [2, 3]
        %c0 = invariant : [3, 4]
        %4 = matMulAdd %s0 %x0 %c0 : [2, 4]
        %5 = softmax %x0 : [2, 3]
        %6 = identity[number=0] %4 : [2, 4]
        %7 = identity[number=1] %5 : [2, 3]
        next 0 %6
        next 1 %7
        """);
  }

  @Test
  void aCopyThatTheStepMadeItselfIsNotTakenTwice() {
    places(
        """
        float64
        %s0 = carried : [4]
        %s1 = carried : [4]
        %2 = identity[number=0] %s0 : [4]
        next 0 %2
        next 1 %s0
        """,
        """
        float64
        %s0 = carried : [4]
        %s1 = carried : [4]
        %2 = identity[number=0] %s0 : [4]
        %3 = identity[number=1] %s0 : [4]
        next 0 %2
        next 1 %3
        """);
  }

  @Test
  void accumulationsStayAsTheyAre() {
    String text =
        """
        float64
        %dy0 = gradient of output 0 : [4]
        accumulate %c0 each %dy0
        """;
    places(text, text);
  }
}
