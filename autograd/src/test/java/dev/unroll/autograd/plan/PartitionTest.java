package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PartitionTest {
  private static void partitions(String step, String stages) {
    assertThat(Partition.of(Graphs.parse(step))).hasToString(stages);
  }

  @Test
  void whatTheNextStepNeedsIsInALoopAndAllElseIsNot() {
    partitions(
        """
        float64
        %x0 = sequence : [2, 3]
        %s0 = carried : [2, 4]
        %c0 = invariant : [3, 4]
        %c1 = invariant : [4, 4]
        %c2 = invariant : [4, 5]
        %5 = matmul %x0 %c0 : [2, 4]
        %6 = matMulAdd %5 %s0 %c1 : [2, 4]
        %7 = tanh %6 : [2, 4]
        %8 = matmul %7 %c2 : [2, 5]
        output 0 %8
        next 0 %7
        """,
        """
        all steps:
          %5 = matmul %x0 %c0 : [2, 4]
        loop 1:
          %6 = matMulAdd %5 %s0 %c1 : [2, 4]
          %7 = tanh %6 : [2, 4]
        all steps:
          %8 = matmul %7 %c2 : [2, 5]
        """);
  }

  @Test
  void stackedStatesAreLoopsOfTheirOwn() {
    partitions(
        """
        float64
        %x0 = sequence : [2]
        %s0 = carried : [2]
        %s1 = carried : [2]
        %3 = add %x0 %s0 : [2]
        %4 = add %3 %s1 : [2]
        next 0 %3
        next 1 %4
        """,
        """
        loop 1:
          %3 = add %x0 %s0 : [2]
        loop 2:
          %4 = add %3 %s1 : [2]
        """);
  }

  @Test
  void statesThatNeedEachOtherShareALoop() {
    partitions(
        """
        float64
        %x0 = sequence : [2]
        %s0 = carried : [2]
        %s1 = carried : [2]
        %3 = add %x0 %s1 : [2]
        %4 = mul %x0 %s0 : [2]
        next 0 %3
        next 1 %4
        """,
        """
        loop 1:
          %3 = add %x0 %s1 : [2]
          %4 = mul %x0 %s0 : [2]
        """);
  }

  @Test
  void aStateLeadsToOthersThroughLaterSteps() {
    partitions(
        """
        float64
        %s0 = carried : [2]
        %s1 = carried : [2]
        %s2 = carried : [2]
        %3 = tanh %s2 : [2]
        %4 = tanh %s0 : [2]
        %5 = tanh %s1 : [2]
        next 0 %3
        next 1 %4
        next 2 %5
        """,
        """
        loop 1:
          %3 = tanh %s2 : [2]
          %4 = tanh %s0 : [2]
          %5 = tanh %s1 : [2]
        """);
    partitions(
        """
        float64
        %s0 = carried : [2]
        %s1 = carried : [2]
        %s2 = carried : [2]
        %3 = mul %s2 %s1 : [2]
        %4 = mul %s1 %s0 : [2]
        %5 = tanh %s0 : [2]
        next 2 %3
        next 1 %4
        next 0 %5
        """,
        """
        loop 1:
          %5 = tanh %s0 : [2]
        loop 2:
          %4 = mul %s1 %s0 : [2]
        loop 3:
          %3 = mul %s2 %s1 : [2]
        """);
  }

  @Test
  void aStateThatIsOnlyShiftedNeedsNoLoop() {
    partitions(
        """
        float64
        %x0 = sequence : [2]
        %s0 = carried : [2]
        %2 = tanh %x0 : [2]
        %3 = add %2 %s0 : [2]
        output 0 %3
        next 0 %2
        """,
        """
        all steps:
          %2 = tanh %x0 : [2]
        all steps:
          %3 = add %2 %s0 : [2]
        """);
  }

  @Test
  void pointwiseWorkMovesToTheOneStageThatReadsIt() {
    String step =
        """
        float64
        %x0 = sequence : [2, 2]
        %s0 = carried : [2, 2]
        %2 = tanh %x0 : [2, 2]
        %3 = softmax %x0 : [2, 2]
        %4 = mul %2 %s0 : [2, 2]
        %5 = mul %3 %4 : [2, 2]
        next 0 %5
        """;
    partitions(
        step,
        """
        all steps:
          %3 = softmax %x0 : [2, 2]
        loop 1:
          %2 = tanh %x0 : [2, 2]
          %4 = mul %2 %s0 : [2, 2]
          %5 = mul %3 %4 : [2, 2]
        """);
    partitions(
        step + "output 0 %2\n",
        """
        all steps:
          %2 = tanh %x0 : [2, 2]
          %3 = softmax %x0 : [2, 2]
        loop 1:
          %4 = mul %2 %s0 : [2, 2]
          %5 = mul %3 %4 : [2, 2]
        """);
  }

  @Test
  void whatNoStepChangesIsComputedOnceUnlessItIsAResult() {
    partitions(
        """
        float64
        %x0 = sequence : [2]
        %c0 = invariant : [2]
        %2 = tanh %c0 : [2]
        %3 = exp %c0 : [2]
        %4 = mul %x0 %2 : [2]
        output 0 %4
        output 1 %3
        """,
        """
        once:
          %2 = tanh %c0 : [2]
        all steps:
          %3 = exp %c0 : [2]
          %4 = mul %x0 %2 : [2]
        """);
  }

  @Test
  void theBackwardPassIsPartitionedAsWell() {
    partitions(
        """
        float64
        %f5 = saved %5 : [2]
        %dy0 = gradient of output 0 : [2]
        %ds0 = gradient of next 0 : [2]
        %3 = add %dy0 %ds0 : [2]
        %4 = mul %3 %f5 : [2]
        next 0 %4
        accumulate %c0 each %3
        """,
        """
        loop 1:
          %3 = add %dy0 %ds0 : [2]
          %4 = mul %3 %f5 : [2]
        """);
  }

  @Test
  void stagesHaveAnOrder() {
    assertThat(Stage.ONCE).isLessThan(Stage.FIRST);
    assertThat(Stage.FIRST).isLessThan(Stage.loop(0));
    assertThat(Stage.loop(0)).isLessThan(Stage.loop(0).after());
    assertThat(Stage.loop(0).after()).isLessThan(Stage.loop(1));
    assertThat(Stage.FIRST.after()).isEqualTo(Stage.FIRST);
  }
}
