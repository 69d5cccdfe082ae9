package dev.unroll.autograd.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a step is traced shows whether its plan was found, and how far it has been checked. */
class PlanCacheTest {
  private final Scan scan = Scan.forward();
  private int calls;

  private Scan.Result step(List<Variable> in, List<Variable> carried, Variable time) {
    calls++;
    Variable h = in.getFirst().add(carried.getFirst());
    return new Scan.Result(List.of(h), List.of(h));
  }

  private static Variable zeros(int... dims) {
    return Variable.input(Tensor.zeros(DType.FLOAT64, Shape.of(dims)));
  }

  /** Returns the number of traces of a run. */
  private int traces(int steps, int size) {
    calls = 0;
    scan.run(this::step, List.of(zeros(steps, size)), List.of(zeros(size)), 0);
    return calls;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "3, 3",
    "100, 33",
    "'3, 3', '3, 2'",
    "'3, 10, 10', '3, 8, 2'",
    "'10, 3, 10', '10, 2, 2'",
    "'3, 1', '3, 1'",
    "'1, 3', '1, 3'",
    "'100, 200', '33, 2'"
  })
  void aStepIsTracedAgainForEachStepUpToALimitAndThenOncePerRun(String steps, String expected) {
    List<Integer> counts = new ArrayList<>();
    for (String n : steps.split(", ")) {
      counts.add(traces(Integer.parseInt(n), 2));
    }
    assertThat(counts).hasToString("[" + expected + "]");
  }

  @Test
  void aRunThatNeedsNoGradientAppliesTheStepOnlyToPlanIt() {
    scan.run(this::step, List.of(zeros(100, 2).detach()), List.of(zeros(2).detach()), 0);
    assertThat(calls).isLessThan(100);
  }

  /** Returns how often the backward pass of a loss that reads some outputs applies the step. */
  private int backward(int... read) {
    Variable x = zeros(3, 2);
    Scan.Body body =
        (in, carried, time) -> {
          calls++;
          return new Scan.Result(List.of(in.getFirst().exp(), in.getLast().sin()), carried);
        };
    Scan.Result r = scan.run(body, List.of(x, x), List.of(), 0);
    calls = 0;
    Variable loss = r.outputs().get(read[0]);
    for (int i : Arrays.copyOfRange(read, 1, read.length)) {
      loss = loss.add(r.outputs().get(i));
    }
    Variable y = loss;
    Variable one = Variable.of(Tensor.full(DType.FLOAT64, y.shape(), 1));
    Variable g = Variable.withoutGradient(() -> Gradients.of(y, one, List.of(x)).getFirst());
    assertThat(g.value().toDoubles()).hasSize(6).containsOnly(read.length);
    return calls;
  }

  @Test
  void aScanRunsAgainInTheBackwardPassIfAnotherLossReadsOtherResults() {
    assertThat(backward(0, 1)).isZero(); // All outputs are expected to be read.
    assertThat(backward(0)).isPositive();
    assertThat(backward(0)).isZero();
    assertThat(backward(1)).isPositive();
    assertThat(backward(1)).isZero();
    assertThat(backward(0, 1)).isPositive();
    assertThat(backward(0, 1)).isZero();
  }

  @Test
  void theStructureThatWasNotUsedForLongestIsForgotten() {
    for (int size = 1; size <= 64; size++) {
      assertThat(traces(4, size)).isEqualTo(4);
    }
    assertThat(traces(4, 1)).isEqualTo(2);
    assertThat(traces(4, 65)).isEqualTo(4);
    assertThat(traces(4, 1)).isEqualTo(2);
    assertThat(traces(4, 2)).isEqualTo(4);
  }

  @Test
  void aSessionIsCheckedUpToTheLimit() {
    assertThat(tracesOfASession()).isEqualTo(1 + 33);
    assertThat(tracesOfASession()).isEqualTo(1 + 2);
  }

  private int tracesOfASession() {
    calls = 0;
    try (Session session =
        scan.open(this::step, Shape.of(1, 2), DType.FLOAT64, List.of(zeros(1, 2)))) {
      assertThat(session.inputShape()).isEqualTo(Shape.of(1, 2));
      assertThat(session.outputShape()).isEqualTo(Shape.of(1, 2));
    }
    return calls;
  }
}
