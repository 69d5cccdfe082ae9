package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DifferentiateTest {
  private static Steps differentiate(StepGraph step) {
    return Differentiate.of(step, Reaches.all(step));
  }

  private static void derives(String forward, String backward) {
    Steps steps = differentiate(Graphs.parse(forward));
    assertThat(steps.forward()).hasToString(forward);
    assertThat(steps.backward().orElseThrow()).hasToString(backward);
    assertThat(Verifier.holds(steps)).isTrue();
  }

  @Test
  void theGradientsOfAMatrixAndARowAreAccumulated() {
    derives(
        """
        float64
        %x0 = sequence : [2, 3]'
        %c0 = invariant : [3, 4]'
        %c1 = invariant : [4]'
        %3 = matMulAdd %c1 %x0 %c0 : [2, 4]'
        %4 = tanh %3 : [2, 4]'
        output 0 %4
        """,
        """
        float64
        %x0 = sequence : [2, 3]
        %c0 = invariant : [3, 4]
        %f4 = saved %4 : [2, 4]
        %dy0 = gradient of output 0 : [2, 4]
        %4 = tanhGradient %dy0 %f4 : [2, 4]
        %5 = matmul[tb] %4 %c0 : [2, 3]
        output 0 %5
        accumulate %c0 outer %x0 %4
        accumulate %c1 rows %4
        """);
  }

  @Test
  void theStateReceivesAGradientAndReturnsOne() {
    derives(
        """
        float64
        %x0 = sequence : [2]
        %s0 = carried : [2]'
        %2 = mul %x0 %s0 : [2]'
        next 0 %2
        """,
        """
        float64
        %x0 = sequence : [2]
        %ds0 = gradient of next 0 : [2]
        %2 = mul %ds0 %x0 : [2]
        next 0 %2
        """);
  }

  @Test
  void aVariableThatTheStepDetachesHasAGradientThatNobodyReads() {
    derives(
        """
        float64
        %s0 = carried : [2]'
        %1 = tanh %s0 : [2]'
        %2 = identity[number=0] %1 : [2]
        output 0 %1
        next 0 %2
        """,
        """
        float64
        %f1 = saved %1 : [2]
        %dy0 = gradient of output 0 : [2]
        %ds0 = gradient of next 0 : [2]
        %3 = tanhGradient %dy0 %f1 : [2]
        next 0 %3
        """);
  }

  @Test
  void aStateThatIsNotReadReturnsZero() {
    derives(
        """
        float64
        %x0 = sequence : [2]'
        %s0 = carried : [2]'
        %2 = tanh %x0 : [2]'
        next 0 %2
        """,
        """
        float64
        %f2 = saved %2 : [2]
        %ds0 = gradient of next 0 : [2]
        %k0 = literal 0.0 : [2]
        %3 = tanhGradient %ds0 %f2 : [2]
        output 0 %3
        next 0 %k0
        """);
  }

  @Test
  void termsOfASumAreAccumulatedOneByOneAndRowsOfATableScattered() {
    derives(
        """
        float64
        %x0 = sequence : int32 [2]
        %c0 = invariant : [8, 3]'
        %c1 = invariant : [2, 3]'
        %3 = gather %c0 %x0 : [2, 3]'
        %4 = mul %3 %c1 : [2, 3]'
        %5 = add %4 %c1 : [2, 3]'
        output 0 %5
        """,
        """
        float64
        %x0 = sequence : int32 [2]
        %c1 = invariant : [2, 3]
        %f3 = saved %3 : [2, 3]
        %dy0 = gradient of output 0 : [2, 3]
        %4 = mul %dy0 %c1 : [2, 3]
        %5 = mul %dy0 %f3 : [2, 3]
        accumulate %c0 scatter %4 %x0
        accumulate %c1 each %dy0
        accumulate %c1 each %5
        """);
  }

  @Test
  void nothingIsComputedForWhatHasNoGradient() {
    derives(
        """
        float64
        %x0 = sequence : [2]
        %s0 = carried : [2]
        %c0 = invariant : [2]
        %3 = mul %x0 %c0 : [2]
        output 0 %3
        next 0 %3
        """,
        "float64\n");
  }

  /** An operation whose gradient uses a variable from outside. */
  private record Odd(Variable outside) implements Op {
    @Override
    public Shape shape(Shape... in) {
      return in[0];
    }

    @Override
    public Tensor forward(Tensor... in) {
      return in[0];
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(outside);
    }
  }

  @Test
  void aGradientMayContainConstantsButNoVariables() {
    StepGraph.Builder b = new StepGraph.Builder(DType.FLOAT64);
    Expr x = b.input(new Role.Sequence(0), DType.FLOAT64, Shape.of(2), true);
    Tensor two = Tensor.full(DType.FLOAT64, Shape.of(2), 2);
    b.result(new Result.Output(0, b.apply(new Odd(Variable.of(two)), x)));
    assertThat(differentiate(b.build()).backward().orElseThrow().toString())
        .contains("%k0 = literal 2.0 : [2]", "mul %dy0 %k0");
    StepGraph.Builder c = new StepGraph.Builder(DType.FLOAT64);
    Expr y = c.input(new Role.Sequence(0), DType.FLOAT64, Shape.of(2), true);
    Variable weight = Variable.input(two);
    c.result(new Result.Output(0, c.apply(new Odd(weight), true, null, List.of(y))));
    assertThatThrownBy(() -> differentiate(c.build()))
        .isInstanceOf(UntraceableException.class)
        .hasMessage("the gradient of an operation reads the variable input float64[2]");
  }
}
