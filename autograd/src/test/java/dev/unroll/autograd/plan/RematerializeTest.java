package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RematerializeTest {
  private static Steps of(String forward, String backward) {
    Steps steps =
        Rematerialize.of(new Steps(Graphs.parse(forward), Optional.of(Graphs.parse(backward))));
    assertThat(Verifier.holds(steps)).isTrue();
    return steps;
  }

  private static List<String> saved(Steps steps) {
    return steps.forward().results(Result.Saved.class).stream()
        .map(s -> s.value().toString())
        .toList();
  }

  private static String backward(Steps steps) {
    return steps.backward().orElseThrow().toString();
  }

  private static final String FORWARD =
      """
      float64
      %x0 = sequence : [2]'
      %c0 = invariant : [2]'
      %2 = tanh %x0 : [2]'
      %3 = mul %2 %c0 : [2]'
      %4 = tanh %3 : [2]'
      output 0 %4
      """;

  @Test
  void aCheapOperationOnWhatIsSavedAnywayIsComputedAgain() {
    Steps steps =
        of(
            FORWARD,
            """
            float64
            %f2 = saved %2 : [2]
            %f3 = saved %3 : [2]
            %dy0 = gradient of output 0 : [2]
            %a = mul %dy0 %f3 : [2]
            %b = mul %a %f2 : [2]
            output 0 %b
            """);
    assertThat(saved(steps)).containsExactly("%2");
    assertThat(backward(steps))
        .isEqualTo(
            """
            float64
            %f2 = saved %2 : [2]
            %c0 = invariant : [2]
            %dy0 = gradient of output 0 : [2]
            %3 = mul %f2 %c0 : [2]
            %4 = mul %dy0 %3 : [2]
            %5 = mul %4 %f2 : [2]
            output 0 %5
            """);
  }

  @Test
  void itIsSavedIfItsOperandsAreNot() {
    Steps steps =
        of(
            FORWARD,
            """
            float64
            %f3 = saved %3 : [2]
            %dy0 = gradient of output 0 : [2]
            %a = mul %dy0 %f3 : [2]
            output 0 %a
            """);
    assertThat(saved(steps)).containsExactly("%3");
    assertThat(backward(steps)).contains("%f3 = saved %3");
  }

  @Test
  void expensiveOperationsAndResultsAreSaved() {
    Steps steps =
        of(
            FORWARD,
            """
            float64
            %f2 = saved %2 : [2]
            %f4 = saved %4 : [2]
            %dy0 = gradient of output 0 : [2]
            %a = mul %dy0 %f4 : [2]
            %b = mul %a %f2 : [2]
            output 0 %b
            """);
    assertThat(saved(steps)).containsExactly("%2", "%4");
  }

  @Test
  void whatAViewShowsIsSaved() {
    String forward =
        """
        float64
        %x0 = sequence : [2, 2]'
        %1 = affine[scale=2.0, shift=0.0] %x0 : [2, 2]'
        %2 = slice[axis=1, from=0, to=1] %1 : [2, 1]'
        %3 = tanh %2 : [2, 1]'
        output 0 %3
        """;
    String backward =
        """
        float64
        %f1 = saved %1 : [2, 2]
        %dy0 = gradient of output 0 : [2, 1]
        %a = mul %dy0 %f1 : [2, 2]
        output 0 %a
        """;
    assertThat(saved(of(forward, backward))).containsExactly("%1");
    String plain = forward.replace("slice[axis=1, from=0, to=1] %1", "sum[to=[2, 1]] %1");
    assertThat(saved(of(plain, backward))).isEmpty();
    String viewing =
        backward
            .replace("%a = mul", "%v = slice[axis=1, from=0, to=1] %f1 : [2, 1]\n%a = mul")
            .replace("output 0 %a", "%b = mul %a %v : [2, 2]\noutput 0 %b");
    assertThat(saved(of(plain, viewing))).containsExactly("%1");
  }

  @Test
  void theStateIsThereOnlyIfItIsReadAnyway() {
    String forward =
        """
        float64
        %s0 = carried : [2]'
        %1 = affine[scale=2.0, shift=0.0] %s0 : [2]'
        %2 = tanh %1 : [2]'
        next 0 %2
        """;
    String backward =
        """
        float64
        %f1 = saved %1 : [2]
        %ds0 = gradient of next 0 : [2]
        %a = mul %ds0 %f1 : [2]
        next 0 %a
        """;
    assertThat(saved(of(forward, backward))).containsExactly("%1");
    String both =
        backward
            .replace("%f1 = saved %1 : [2]\n", "%f1 = saved %1 : [2]\n%f0 = saved %0 : [2]\n")
            .replace("next 0 %a", "%b = mul %a %f0 : [2]\nnext 0 %b");
    Steps steps = of(forward, both);
    assertThat(saved(steps)).isEmpty();
    assertThat(backward(steps)).contains("affine[scale=2.0, shift=0.0] %f0");
  }

  @Test
  void aStepWithoutGradientsSavesNothing() {
    Steps steps = Steps.of(Graphs.parse(FORWARD));
    assertThat(Rematerialize.of(steps)).isEqualTo(steps);
  }
}
