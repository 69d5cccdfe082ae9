package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class UnchangedStateTest {
  private static final String MEMORY =
      """
      float64
      %s0 = carried : [2]'
      %s1 = carried : [2]'
      %2 = mul %s0 %s1 : [2]'
      output 0 %2
      next 0 %2
      next 1 %s1
      """;

  @Test
  void whatEveryStepReturnsAsItReceivedItIsLoopInvariant() {
    Rules.rewrites(
        new UnchangedState(),
        4,
        MEMORY,
        """
        float64
        %s0 = carried : [2]'
        %u1 = unchanged state : [2]
        %2 = mul %s0 %u1 : [2]'
        output 0 %2
        next 0 %2
        """);
  }

  @Test
  void itHasAGradientIfItsValueHas() {
    StepGraph g = new UnchangedState().apply(Graphs.parse(MEMORY), new Setting(4, Set.of(1)));
    assertThat(g.toString()).contains("%u1 = unchanged state : [2]'");
    StepGraph none =
        new UnchangedState()
            .apply(Graphs.parse(MEMORY.replace("'", "")), new Setting(4, Set.of(1)));
    assertThat(none.toString()).contains("%u1 = unchanged state : [2]\n");
  }

  @Test
  void gradientsThatNothingElseHasEndWithIt() {
    StepGraph g =
        new UnchangedState()
            .apply(
                Graphs.parse(
                    """
                    float64
                    %s0 = carried : [2]'
                    %s1 = carried : [2]'
                    %2 = tanh %s1 : [2]'
                    output 0 %2
                    next 0 %2
                    next 1 %s1
                    """),
                new Setting(4, Set.of()));
    assertThat(g)
        .hasToString(
            """
            float64
            %s0 = carried : [2]'
            %u1 = unchanged state : [2]
            %2 = tanh %u1 : [2]
            output 0 %2
            next 0 %2
            """);
  }

  @Test
  void aStateOfWhichNothingChangesIsCarried() {
    Rules.keeps(
        new UnchangedState(),
        4,
        """
        float64
        %s0 = carried : [2]'
        %1 = tanh %s0 : [2]'
        output 0 %1
        next 0 %s0
        """);
  }

  @Test
  void whatStepsSwapOrShiftIsCarried() {
    Rules.keeps(
        new UnchangedState(),
        4,
        """
        float64
        %s0 = carried : [2]'
        %s1 = carried : [2]'
        next 0 %s1
        next 1 %s0
        """);
  }
}
