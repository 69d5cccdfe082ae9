package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Seen from inside: lines of this package are none of the user. {@code LinesTest} is a user. */
final class UserLineTest {
  private static String last(UnaryOperator<Variable> step, boolean lines) {
    Variable state = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2)));
    TracedStep traced =
        TracedStep.of(
            (in, s, time) -> new StepFunction.Results(List.of(), List.of(step.apply(s.get(0)))),
            List.of(),
            List.of(state),
            false,
            lines);
    return StepText.line(traced.graph().nodes().getLast(), DType.FLOAT64);
  }

  @Test
  void linesOfTheLibraryAreShownOnlyIfTheUserHasNone() {
    assertThat(last(Variable::tanh, true)).isEqualTo("%2 = tanh %s0 : [2]");
    assertThat(last(x -> Buffers.outside(x::tanh), true))
        .matches("%2 = tanh %s0 : \\[2] # ArrayScope\\.java:\\d+");
    assertThat(last(x -> Buffers.outside(x::tanh), false)).isEqualTo("%2 = tanh %s0 : [2]");
  }
}
