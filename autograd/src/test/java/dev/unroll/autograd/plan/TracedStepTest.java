package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Internals;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the trace of a step says about it. */
final class TracedStepTest {
  private static final Variable X = Variable.input(zeros(5, 2));
  private static final Variable S = Variable.of(zeros(2));

  private static Tensor zeros(int... dims) {
    return Tensor.zeros(DType.FLOAT64, Shape.of(dims));
  }

  private static Variable filled(double value) {
    return Variable.of(Tensor.full(DType.FLOAT64, Shape.of(2), value));
  }

  private static TracedStep trace(boolean gradient, StepFunction step) {
    return TracedStep.of(step, List.of(new ScanInput(X, null)), List.of(S, S, S), gradient, false);
  }

  private static TracedStep trace(StepFunction step) {
    return trace(true, step);
  }

  private static StepFunction.Results results(List<Variable> outputs, Variable... next) {
    return new StepFunction.Results(outputs, List.of(next));
  }

  @Test
  void sequencesAndStatesHaveGradientsIfTheRunDoes() {
    StepFunction step =
        (in, s, time) -> results(List.of(in.get(0)), s.get(0).add(s.get(1)), s.get(2), s.get(1));
    String text =
        """
        float64
        %x0 = sequence : [2]'
        %time = time : int32 []
        %s0 = carried : [2]'
        %s1 = carried : [2]'
        %s2 = carried : [2]'
        %5 = add %s0 %s1 : [2]'
        output 0 %x0
        next 0 %5
        next 1 %s2
        next 2 %s1
        """;
    assertThat(trace(true, step).graph()).hasToString(text);
    assertThat(trace(false, step).graph()).hasToString(text.replace("'", ""));
  }

  @Test
  void outputsHaveShapesAndWhatIsReadIsLifted() {
    Variable w = filled(1);
    Variable u = filled(2);
    TracedStep step =
        trace((in, s, time) ->
            results(List.of(s.get(0).add(w).sum(), in.get(0).mul(u)), s.get(0), w, s.get(2)));
    assertThat(step.outputs().stream().map(Variable::shape))
        .containsExactly(Shape.of(), Shape.of(2));
    assertThat(step.lifted()).containsExactly(w, u);
  }

  @Test
  void variablesOfTheStateAreUnchangedIfAnotherChanges() {
    assertThat(
            trace((in, s, time) -> results(List.of(), s.get(0), s.get(1).tanh(), s.get(2)))
                .unchanged())
        .containsExactly(0, 2);
    assertThat(
            trace((in, s, time) -> results(List.of(), s.get(1), s.get(0), s.get(1).exp()))
                .unchanged())
        .isEmpty();
    assertThat(trace((in, s, time) -> results(List.of(), s.get(0), s.get(1), s.get(2))).unchanged())
        .isEmpty();
  }

  @Test
  void stepsOfOneStructureDifferInConstantsOnly() {
    TracedStep one = adding(filled(1), filled(5), false);
    assertThat(one.isLike(adding(filled(1), filled(5), false))).isTrue();
    TracedStep first = adding(filled(2), filled(5), false);
    TracedStep last = adding(filled(1), filled(6), false);
    for (TracedStep other : List.of(first, last)) {
      assertThat(other.structure()).isEqualTo(one.structure());
      assertThat(one.isLike(other)).isFalse();
    }
    TracedStep swapped = adding(filled(1), filled(5), true);
    assertThat(swapped.structure()).isNotEqualTo(one.structure());
    assertThat(one.isLike(swapped)).isFalse();
  }

  private static TracedStep adding(Variable a, Variable b, boolean swapped) {
    return trace((in, s, time) -> {
      Variable x = s.get(0).add(a);
      Variable y = s.get(1).mul(b);
      return results(List.of(swapped ? y : x, swapped ? x : y), x, y, s.get(2));
    });
  }

  @Test
  void statesInAnotherOrderAreAnotherStructure() {
    Object structure =
        trace((in, s, time) -> results(List.of(), s.get(0), s.get(1), s.get(2))).structure();
    assertThat(trace((in, s, time) -> results(List.of(), s.get(1), s.get(0), s.get(2))).structure())
        .isNotEqualTo(structure);
  }

  @Test
  void aStepIsRecordedWhileItIsTraced() {
    List<Variable> left = new ArrayList<>();
    trace((in, s, time) -> {
      assertThat(TracedStep.isTracing()).isTrue();
      assertThat(hasEnded(s.get(0))).isFalse();
      left.add(s.get(0));
      return results(List.of(), s.get(0), s.get(1), s.get(2));
    });
    assertThat(TracedStep.isTracing()).isFalse();
    assertThat(hasEnded(left.getFirst())).isTrue();
    assertThatThrownBy(() ->
            trace((in, s, time) -> {
              left.add(s.get(0));
              throw new IllegalStateException("a step that fails");
            }))
        .hasMessage("a step that fails");
    assertThat(hasEnded(left.getLast())).isTrue();
  }

  private static boolean hasEnded(Variable v) {
    return Objects.requireNonNull(Internals.recorder(v)).hasEnded();
  }

  @Test
  void rowsOfAStateAreGatheredFromIt() {
    Variable ids = Variable.of(zeros(5, 3).to(DType.INT32));
    TracedStep step =
        TracedStep.of(
            (in, s, time) ->
                results(
                    List.of(s.get(1).gather(in.get(0)), s.get(0).tanh(), X.gather(in.get(0))),
                    s.get(0),
                    s.get(1)),
            List.of(new ScanInput(ids, null)),
            List.of(Variable.of(zeros(2, 2)), Variable.of(zeros(2, 2))),
            true,
            false);
    assertThat(step.gathers(0)).isFalse();
    assertThat(step.gathers(1)).isTrue();
  }

  @Test
  void aTableIsProjectedIfItHasAtMostHalfTheRowsThatAllStepsRead() {
    Variable table = Variable.of(zeros(6, 2));
    Variable ids = Variable.of(zeros(5, 3).to(DType.INT32));
    TracedStep step =
        TracedStep.of(
            (in, s, time) ->
                results(List.of(table.gather(in.get(0))), s.get(0).add(table.gather(time))),
            List.of(new ScanInput(ids, null)),
            List.of(S),
            false,
            false);
    assertThat(step.projections(3)).containsExactly(false, false);
    assertThat(step.projections(4)).containsExactly(true, false);
    assertThat(step.projections(11)).containsExactly(true, false);
    assertThat(step.projections(12)).containsExactly(true, true);
    assertThat(
            trace((in, s, time) -> results(List.of(), s.get(0), s.get(1), s.get(2)))
                .projections(12))
        .isEmpty();
  }
}
