package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A plan is made by all passes, and shows what each has left. */
final class PassesTest {
  private static final Variable W = Variable.input(zeros(3, 4));
  private static final Variable V = Variable.input(zeros(3, 4));
  private static final Variable U = Variable.input(zeros(4, 4));

  private static Tensor zeros(int... dims) {
    return Tensor.full(DType.FLOAT64, Shape.of(dims), 0);
  }

  private static TracedStep traced(boolean gradient) {
    return TracedStep.of(
        (in, s, time) -> {
          Variable h = in.get(0).matmul(W).add(s.get(0).matmul(U)).tanh();
          return new StepFunction.Results(List.of(h), List.of(h));
        },
        List.of(new ScanInput(Variable.of(zeros(5, 2, 3)), null)),
        List.of(Variable.of(zeros(2, 4))),
        gradient,
        false);
  }

  private static Plan plan(boolean gradient) {
    TracedStep step = traced(gradient);
    Optional<Reach> reach = gradient ? Optional.of(Reaches.all(step.graph())) : Optional.empty();
    return Plan.of(step, reach, new Setting(5, Set.of()));
  }

  @Test
  void eachPassShowsWhatItHasLeft() {
    Plan plan = plan(true);
    assertThat(plan.explanation("trace"))
        .isEqualTo(
            """
            float64
            %x0 = sequence : [2, 3]
            %time = time : int32 []
            %s0 = carried : [2, 4]'
            %c0 = invariant : [3, 4]'
            %4 = matmul %x0 %c0 : [2, 4]'
            %c1 = invariant : [4, 4]'
            %6 = matmul %s0 %c1 : [2, 4]'
            %7 = add %4 %6 : [2, 4]'
            %8 = tanh %7 : [2, 4]'
            output 0 %8
            next 0 %8
            """);
    assertThat(plan.explanation("simplify")).contains("%6 = matMulAdd %5 %s0 %c1 : [2, 4]'");
    assertThat(plan.explanation("differentiate"))
        .contains("next 0 %7\nbackward\nfloat64\n", "accumulate %c1 outer %f");
    assertThat(plan.explanation("rematerialize")).contains("save %7\nbackward\n");
    assertThat(plan.explanation("partition")).startsWith("all steps:\n").contains("\nloop 1:\n");
    assertThat(plan.explanation("fuse")).contains("loop 1: %7 = tanh %6 : [2, 4]\n");
    assertThat(plan.explanation("lower"))
        .isEqualTo(
            """
            all steps: %5 = multiply %x0 %c0
            loop 1: %6 = multiplyAdd[reuse] %5 %s0 %c1
            loop 1: %7 = pointwise %6
            backward
            loop 1: %7 = pointwise %dy0 %ds0 %f7
            loop 1: %8 = multiply[tb] %7 %c1
            """);
    assertThatThrownBy(() -> plan.explanation("guess"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "[explain] expected one of the passes [trace, simplify, differentiate, place,"
                + " rematerialize, partition, fuse, lower], got guess");
  }

  @Test
  void aPlanIsExplainedInWords() {
    assertThat(plan(true).explanation())
        .isEqualTo(
            """
            forward  all steps matmul [[2, 3], [3, 4]] -> [2, 4]
            forward  loop 1    matMulAdd [[2, 4], [2, 4], [4, 4]] -> [2, 4]
            forward  loop 1    tanh [[2, 4]] -> [2, 4]
            backward loop 1    2 elementwise operations fused -> [2, 4]
            backward loop 1    matmul [[2, 4], [4, 4]] -> [2, 4]
            backward all steps 2 terms of gradients by loop-invariants accumulated
            saved per step: 64 bytes
              1 x tanh float64[2, 4]
            """);
  }

  @Test
  void whatIsComputedBeforeTheLoopIsNamed() {
    TracedStep step =
        TracedStep.of(
            (in, s, time) ->
                new StepFunction.Results(
                    List.of(in.get(0).matmul(W), in.get(0).matmul(V)), List.of(s.get(0).tanh())),
            List.of(new ScanInput(Variable.of(zeros(5, 2, 3)), null)),
            List.of(Variable.of(zeros(2, 4))),
            false,
            false);
    assertThat(Plan.of(step, Optional.empty(), new Setting(5, Set.of())).explanation())
        .isEqualTo(
            """
            before   once      concat -> [3, 8]
            forward  all steps matmul [[2, 3], [3, 8]] -> [2, 8]
            forward  all steps 2 elementwise operations fused -> [2, 4]
            forward  loop 1    tanh [[2, 4]] -> [2, 4]
            saved per step: 128 bytes
            """);
  }

  @Test
  void withoutGradientsThereIsNoBackwardPass() {
    assertThat(plan(false).explanation())
        .doesNotContain("\nbackward")
        .endsWith("saved per step: 64 bytes\n");
    assertThat(plan(false).explanation("differentiate")).doesNotContain("backward");
    assertThat(plan(false).lowered().backward()).isEmpty();
  }
}
