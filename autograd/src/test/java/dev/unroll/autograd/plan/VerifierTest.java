package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.op.Elementwise.Tanh;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Facts;
import dev.unroll.autograd.plan.Expr.Input;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each fault of a graph is refused, and the message shows the graph. */
final class VerifierTest {
  private static final Shape SHAPE = Shape.of(2);
  private static final Input X = input(new Role.Sequence(0), 0);
  private static final Apply TANH = new Apply(new Tanh(), List.of(X), info(1, SHAPE, false));

  private static Facts info(int id, Shape shape, boolean gradient) {
    return new Facts(id, DType.FLOAT64, shape, gradient, null);
  }

  private static Input input(Role role, int id) {
    return new Input(role, info(id, SHAPE, false));
  }

  private static void refuses(String fault, List<Expr> nodes, Result... results) {
    StepGraph g = new StepGraph(DType.FLOAT64, nodes, List.of(results));
    assertThatThrownBy(() -> Verifier.holds(g))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("[plan] " + fault + "\n" + g);
  }

  @Test
  void aRightGraphHolds() {
    StepGraph g =
        new StepGraph(DType.FLOAT64, List.of(X, TANH), List.of(new Result.Output(0, TANH)));
    assertThat(Verifier.holds(g)).isTrue();
  }

  @Test
  void positionsAreIds() {
    refuses("%1 is at position 0", List.of(TANH));
  }

  @Test
  void operandsComeFirst() {
    Apply early = new Apply(new Tanh(), List.of(X), info(0, SHAPE, false));
    refuses("%0 reads %x0, which does not come before it", List.of(early, X));
    Apply stranger = new Apply(new Tanh(), List.of(input(X.role(), 0)), info(1, SHAPE, false));
    refuses("%1 reads %x0, which does not come before it", List.of(X, stranger));
  }

  @Test
  void shapesAndTypesAreThoseOfTheOperation() {
    Apply wide = new Apply(new Tanh(), List.of(X), info(1, Shape.of(3), false));
    refuses("%1 has another shape", List.of(X, wide));
    Facts single = new Facts(1, DType.FLOAT32, SHAPE, false, null);
    refuses("%1 has another type", List.of(X, new Apply(new Tanh(), List.of(X), single)));
    Facts ids = new Facts(1, DType.INT32, SHAPE, false, null);
    refuses("%1 has another type", List.of(X, new Apply(new Tanh(), List.of(X), ids)));
    refuses("%x0 has another type", List.of(new Input(X.role(), info32())));
  }

  private static Facts info32() {
    return new Facts(0, DType.FLOAT32, SHAPE, false, null);
  }

  @Test
  void aGradientNeedsOneOfAnOperand() {
    refuses(
        "%1 has no gradient", List.of(X, new Apply(new Tanh(), List.of(X), info(1, SHAPE, true))));
    Facts ids = new Facts(0, DType.INT32, SHAPE, true, null);
    refuses("%x0 has no gradient", List.of(new Input(X.role(), ids)));
  }

  @Test
  void nothingOccursTwice() {
    refuses("%x0 is an input twice", List.of(X, input(X.role(), 1)));
    Apply again = new Apply(new Tanh(), List.of(X), info(2, SHAPE, false));
    refuses("%2 is computed twice", List.of(X, TANH, again));
    refuses(
        "results share an index: [0, 0]",
        List.of(X, TANH),
        new Result.Output(0, TANH),
        new Result.Output(0, X));
  }

  @Test
  void whatIsDerivedIsDerivedFromInputsBeforeIt() {
    Role later = new Role.Derived(1, new Tanh(), List.of(new Role.Invariant(0)), true);
    Role derived = new Role.Derived(1, new Tanh(), List.of(later), true);
    refuses("%d1 is derived from a later one", List.of(input(derived, 0)));
  }

  @Test
  void resultsAreOfTheGraph() {
    refuses("%1 is a result, but not of this graph", List.of(X), new Result.Output(0, TANH));
  }

  @Test
  void theStateIsReceivedAndReturned() {
    Input s = input(new Role.Carried(0), 1);
    refuses("the step receives 1 variables of state, returns 0", List.of(X, s));
    refuses("the step receives 0 variables of state, returns 1", List.of(X), new Result.Next(0, X));
    Input wide = new Input(new Role.Carried(0), info(1, Shape.of(3), false));
    refuses("%x0 changes the shape of the state", List.of(X, wide), new Result.Next(0, X));
    Input ids = new Input(new Role.Sequence(0), new Facts(0, DType.INT32, SHAPE, false, null));
    refuses("%x0 changes the type of the state", List.of(ids, s), new Result.Next(0, ids));
    Input second = input(new Role.Carried(1), 2);
    Result next = new Result.Next(0, X);
    refuses("results share an index: [0, 0]", List.of(X, s, second), next, next);
  }

  @Test
  void accumulationsHaveTheirOperands() {
    Role c = new Role.Invariant(0);
    refuses(
        "%x0 is accumulated with [%x0]",
        List.of(X), new Result.Accumulate(c, Accumulator.OUTER, List.of(X)));
    refuses(
        "%x0 is accumulated with [%x0, %x0]",
        List.of(X), new Result.Accumulate(c, Accumulator.EACH, List.of(X, X)));
    refuses(
        "%x0 is accumulated for %x0",
        List.of(X), new Result.Accumulate(X.role(), Accumulator.EACH, List.of(X)));
  }

  @Test
  void theForwardStepHasWhatTheBackwardStepReads() {
    StepGraph forward = Graphs.parse("float64\n%x0 = sequence : [2]\n%1 = tanh %x0 : [2]\n");
    refusesBackward(forward, "%f2 = saved %2 : [2]", "%f2 is no value of the forward pass");
    refusesBackward(forward, "%f1 = saved %1 : [3]", "%f1 has another shape");
    StepGraph sum =
        Graphs.parse("float64\n%dy0 = gradient of output 0 : [2]\naccumulate %c0 each %dy0\n");
    assertThatThrownBy(() -> Verifier.holds(new Steps(forward, Optional.of(sum))))
        .hasMessageStartingWith("[plan] %dy0 is summed for nothing: %c0");
  }

  private static void refusesBackward(StepGraph forward, String input, String fault) {
    StepGraph backward = Graphs.parse("float64\n" + input);
    assertThatThrownBy(() -> Verifier.holds(new Steps(forward, Optional.of(backward))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("[plan] " + fault + "\n" + backward);
  }

  @Test
  void bothStepsAreChecked() {
    StepGraph right = Graphs.parse("float64\n");
    StepGraph wrong = new StepGraph(DType.FLOAT64, List.of(TANH), List.of());
    for (Steps steps :
        List.of(
            Steps.of(wrong),
            new Steps(wrong, Optional.of(right)),
            new Steps(right, Optional.of(wrong)))) {
      assertThatThrownBy(() -> Verifier.holds(steps))
          .hasMessage("[plan] %1 is at position 0\n" + wrong);
    }
    assertThat(Verifier.holds(Steps.of(right))).isTrue();
    assertThat(Verifier.holds(new Steps(right, Optional.of(right)))).isTrue();
  }
}
