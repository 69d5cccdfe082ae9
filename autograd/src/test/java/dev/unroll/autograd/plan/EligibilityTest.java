package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each reason why a step cannot be planned. */
final class EligibilityTest {
  private static final Variable X = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(3, 2)));
  private static final Variable STATE = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2)));

  private static TracedStep trace(StepFunction step) {
    List<ScanInput> inputs = List.of(new ScanInput(X, null));
    return TracedStep.of(step, inputs, List.of(STATE), true, false);
  }

  private static void refuses(String reason, StepFunction step) {
    assertThatThrownBy(() -> trace(step))
        .isInstanceOf(UntraceableException.class)
        .hasMessage(reason);
  }

  private static StepFunction.Results results(List<Variable> outputs, Variable... next) {
    return new StepFunction.Results(outputs, List.of(next));
  }

  @Test
  void theStateKeepsItsSizeShapeAndType() {
    refuses(
        "it returns a state of 0 variables, expected 1", (in, s, t) -> results(List.of(s.get(0))));
    refuses(
        "its state changes from float64[2] to float64[1]",
        (in, s, t) -> results(List.of(), s.get(0).slice(0, 0, 1)));
    refuses(
        "it computes with [float64, float32], expected one type",
        (in, s, t) -> results(List.of(), Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(2)))));
  }

  @Test
  void outputsAreFloatingPoint() {
    refuses("it outputs int32", (in, s, t) -> results(List.of(t), s.get(0)));
  }

  /** Returns int32. */
  private record Rounded() implements Op {
    @Override
    public Shape shape(Shape... in) {
      return in[0];
    }

    @Override
    public DType type(DType... in) {
      return DType.INT32;
    }

    @Override
    public Tensor forward(Tensor... in) {
      return in[0].to(DType.INT32);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g;
    }
  }

  @Test
  void operationsReturnFloatingPoint() {
    refuses(
        "[rounded] returns int32",
        (in, s, t) -> results(List.of(Variable.apply(new Rounded(), s.get(0))), s.get(0)));
  }

  @Test
  void hooksValuesAndOtherStepsAreRefused() {
    refuses(
        "it has a gradient hook", (in, s, t) -> results(List.of(), s.get(0).onGradient(g -> g)));
    assertThatThrownBy(() -> trace((in, s, t) -> results(List.of(), value(s.get(0)))))
        .hasMessageStartingWith("it reads the value of input float64[2] at ");
    Variable[] kept = new Variable[1];
    trace((in, s, t) -> {
      kept[0] = s.get(0);
      return results(List.of(), s.get(0).tanh());
    });
    refuses(
        "it uses variables of another step",
        (in, s, t) -> results(List.of(), s.get(0).add(kept[0])));
  }

  private static Variable value(Variable v) {
    return Variable.of(v.value());
  }

  @Test
  void aSessionHasNoTime() {
    Setting setting = new Setting(3, Set.of());
    TracedStep counts = trace((in, s, t) -> results(List.of(X.gather(t)), s.get(0).tanh()));
    Lowered timed = Plan.of(counts, Optional.empty(), setting).lowered();
    assertThatThrownBy(() -> Eligibility.checkSession(timed))
        .isInstanceOf(UntraceableException.class)
        .hasMessage("it asks for the time");
    TracedStep plain = trace((in, s, t) -> results(List.of(), s.get(0).tanh()));
    assertThatCode(
            () -> Eligibility.checkSession(Plan.of(plain, Optional.empty(), setting).lowered()))
        .doesNotThrowAnyException();
  }

  /** Its gradient has another shape. */
  private record Wrong() implements Op {
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
      return g.sum();
    }
  }

  @Test
  void aGradientThatFailsIsRefused() {
    TracedStep step =
        trace((in, s, t) -> results(List.of(), Variable.apply(new Wrong(), s.get(0))));
    assertThatThrownBy(
            () -> Plan.of(step, Optional.of(Reaches.all(step.graph())), new Setting(3, Set.of())))
        .isInstanceOf(UntraceableException.class)
        .hasMessageStartingWith("the gradient of an operation fails: ");
  }
}
