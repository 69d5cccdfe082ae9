package dev.unroll.autograd.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.unroll.autograd.Graph;
import dev.unroll.autograd.Op;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.Printed;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTest {
  private static final int STEPS = 5;
  private static final OutOfMemoryError FULL = new OutOfMemoryError("on purpose");

  private final Variable x = Variable.input(Tensor.zeros(DType.FLOAT64, Shape.of(STEPS, 2)));
  private final Variable start = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2)));

  /** The identity, which fails when it is computed the third time. */
  private static final class Third implements Op {
    private int computed;

    @Override
    public Shape shape(Shape... in) {
      return in[0];
    }

    @Override
    public Tensor forward(Tensor... in) {
      if (++computed == 3) {
        throw FULL;
      }
      return in[0];
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g;
    }
  }

  private Scan.Result run(Scan scan) {
    Op third = new Third();
    Scan.Body body =
        (in, carried, time) -> {
          Variable h = Variable.apply(third, in.getFirst().add(carried.getFirst()));
          return new Scan.Result(List.of(h), List.of(h));
        };
    return scan.run(body, List.of(x), List.of(start), 0);
  }

  @ParameterizedTest
  @CsvSource({"true, 2", "false, 0"})
  void anErrorOfMemoryNamesTheRemediesIfStepsAreSaved(boolean eager, int taken) {
    Scan scan = eager ? Scan.forward().eager() : Scan.forward();
    assertThatThrownBy(() -> run(scan))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage(
            "[scan] out of memory after %d of 5 steps, all saved for the backward pass. Recompute"
                + " them with checkpointed() on the scan or the unroll, limit them with a"
                + " Truncation, or give the JVM more than -Xmx%dm",
            taken, Runtime.getRuntime().maxMemory() / (1 << 20))
        .hasCause(FULL);
    assertThat(catchThrowable(() -> Variable.withoutGradient(() -> run(scan)))).isSameAs(FULL);
    assertThat(catchThrowable(() -> run(scan.checkpointed()))).isSameAs(FULL);
  }

  @Test
  void aScanThatHasNotRunHasNoPlan() {
    Scan scan = Scan.forward();
    assertThat(List.of(scan.explain(), scan.explain("trace"))).containsOnly("not run yet");
  }

  @Test
  void aScanThatIsNotPlannedSaysWhy() {
    Scan scan = Scan.forward().eager();
    assertThat(List.of(scan.explain(), scan.explain("trace")))
        .containsOnly("step by step: eager() asks for it");
    assertThat(Scan.forward().onGradient((time, i, g) -> g).explain())
        .isEqualTo("step by step: it has a gradient hook");
  }

  private static Scan.Result both(Variable h) {
    return new Scan.Result(List.of(h), List.of(h));
  }

  @ParameterizedTest
  @CsvSource({"true, 3", "false, 1"})
  void aPlanGivesEachStepItsTime(boolean forward, double last) {
    Scan scan = forward ? Scan.forward() : Scan.backward();
    Variable table = Variable.of(Tensor.of(Shape.of(6, 1), 0.0, 10, 20, 30, 40, 50));
    Scan.Body body =
        (in, carried, time) -> {
          Variable row = table.gather(time).add(in.getFirst());
          return new Scan.Result(List.of(row), List.of(row));
        };
    Variable twice = Variable.of(Tensor.of(Shape.of(3, 1), 1.0, 2, 3));
    Variable zero = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(1)));
    Scan.Result r = scan.run(body, List.of(twice), List.of(zero), 3);
    assertThat(scan.explain()).contains("saved per step");
    assertThat(r.outputs().getFirst().value().toDoubles()).containsExactly(31, 42, 53);
    assertThat(r.carried().getFirst().value().toDoubles()).containsExactly(forward ? 53 : 31);
  }

  @Test
  void theGraphOfAPlannedScanIsOneNode() {
    Parameter w = new Parameter(Tensor.of(Shape.of(2), 1.0, 2));
    Scan scan = Scan.forward();
    Scan.Body body = (in, carried, time) -> both(carried.getFirst().mul(w).add(in.getFirst()));
    Variable last = scan.run(body, List.of(x), List.of(start), 0).carried().getFirst();
    assertThat(Graph.of(last).text())
        .isEqualTo(
            """
            %1 input float64[5, 2]
            %2 constant float64[2]
            %3 parameter float64[2]
            %4 scan[1](%1, %2, %3) float64[2]
            """);
  }

  /** The step returns its second state as it received it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGradientByAnUnchangedStateIsPlannedIfItIsNeeded(boolean needed) {
    Scan scan = Scan.forward();
    Tensor two = Tensor.full(DType.FLOAT64, Shape.of(2), 2);
    Variable unchanged = needed ? Variable.input(two) : Variable.of(two);
    Scan.Body body =
        (in, carried, time) -> {
          Variable h = in.getFirst().mul(carried.get(1)).add(carried.getFirst());
          return new Scan.Result(List.of(h), List.of(h, carried.get(1)));
        };
    Scan.Result r = scan.run(body, List.of(x), List.of(start, unchanged), 0);
    assertThat(r.carried().getLast()).isSameAs(unchanged);
    String sums = "terms of gradients by loop-invariants accumulated";
    assertThat(scan.explain().contains(sums)).isEqualTo(needed);
  }

  /** Nothing but the second state, which the step returns as it received it, has a gradient. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUnchangedStateNeedsABackwardPassIfItIsRead(boolean read) {
    Scan scan = Scan.forward();
    Scan.Body body =
        (in, carried, time) -> {
          Variable h = in.getFirst().add(carried.getFirst());
          h = read ? h.mul(carried.get(1)) : h;
          return new Scan.Result(List.of(h), List.of(h, carried.get(1)));
        };
    Variable unchanged = Variable.input(start.value());
    Scan.Result r = scan.run(body, List.of(x.detach()), List.of(start, unchanged), 0);
    assertThat(r.outputs().getFirst().requiresGradient()).isEqualTo(read);
    assertThat(scan.explain().contains("backward")).isEqualTo(read);
  }

  @Test
  void aCheckpointedScanHasANodeForEachSegment() {
    Scan scan = Scan.forward().eager().checkpointed();
    Scan.Body body = (in, carried, time) -> both(carried.getFirst().add(in.getFirst()));
    Variable last = scan.run(body, List.of(x.slice(0, 0, 4)), List.of(start), 0).carried().get(0);
    assertThat(Graph.of(last).text())
        .isEqualTo(
            """
            %1 input float64[5, 2]
            %2 slice(%1) float64[4, 2]
            %3 checkpoint[2](%2) float64[2]
            %4 checkpoint[2](%2, %3) float64[2]
            """);
  }

  /** The gradient of an operation may fail, and the planner too. */
  private record Failing(RuntimeException inGradient, AtomicReference<RuntimeException> inPlan)
      implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      RuntimeException e = inPlan.getAndSet(null);
      if (e != null) {
        throw e;
      }
      return p.mul(in[0], in[0]);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      throw inGradient;
    }
  }

  private static final RuntimeException DEFECT = new IllegalStateException("on purpose");

  @Test
  void aStepWhoseGradientFailsRunsStepByStep() {
    Op op = new Failing(DEFECT, new AtomicReference<>());
    Scan scan = Scan.forward();
    Scan.Body body = (in, carried, time) -> both(Variable.apply(op, in.getFirst()));
    assertThat(scan.run(body, List.of(x), List.of(start), 0).outputs()).hasSize(1);
    assertThat(scan.explain())
        .isEqualTo("step by step: the gradient of an operation fails: " + DEFECT);
  }

  @Test
  void aDefectOfThePlannerIsLoggedAndFailsTests() {
    Op op = new Failing(DEFECT, new AtomicReference<>(DEFECT));
    Scan scan = Scan.forward();
    Scan.Body body = (in, carried, time) -> both(Variable.apply(op, in.getFirst()));
    Runnable run =
        () -> Variable.withoutGradient(() -> scan.run(body, List.of(x), List.of(start), 0));
    if (StructurePlans.class.desiredAssertionStatus()) {
      assertThatThrownBy(run::run).isInstanceOf(AssertionError.class).hasCause(DEFECT);
    } else {
      assertThat(Printed.toError(run::run)).contains("a step could not be planned");
      assertThat(scan.explain()).isEqualTo("step by step: the planner failed: on purpose");
    }
  }
}
