package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.autograd.scan.Session;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Matrices;
import dev.unroll.tensor.Reduction;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a mistake in a step, a hook or an argument is answered with, and how objects print. */
@SuppressWarnings("NullAway") // Null is what is tested.
class UserErrorsTest {
  private static final Variable X = Variable.of(Tensor.full(DType.FLOAT32, Shape.of(3, 2), 1));
  private static final Variable START = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(2)));
  private static final Scan.Body BODY =
      (in, c, time) -> {
        Variable h = c.getFirst().add(in.getFirst());
        return new Scan.Result(List.of(h), List.of(h));
      };

  private static Scan.Result run(Scan scan, Scan.Body body, Variable x) {
    return scan.run(body, List.of(x), List.of(START), 0);
  }

  private static Variable steps(int n) {
    return X.slice(0, 0, n);
  }

  private static void isNull(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(message);
  }

  @Test
  void aWrongPassIsRefusedWhateverHasRun() {
    Scan scan = Scan.forward();
    Scan.Body reads = (in, c, time) -> new Scan.Result(List.of(Variable.of(in.get(0).value())), c);
    for (Runnable before :
        List.<Runnable>of(
            () -> {},
            () -> run(scan, reads, X),
            () -> run(scan, BODY, X),
            () -> run(scan.eager(), BODY, X))) {
      before.run();
      assertThatThrownBy(() -> scan.explain("fused"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "[explain] expected one of the passes [trace, simplify, differentiate, place,"
                  + " rematerialize, partition, fuse, lower], got fused");
    }
    for (String pass :
        List.of(
            "trace",
            "simplify",
            "differentiate",
            "place",
            "rematerialize",
            "partition",
            "fuse",
            "lower")) {
      assertThat(scan.explain(pass)).isNotEmpty().doesNotStartWith("step by step");
      assertThat(Scan.forward().explain(pass)).isEqualTo("not run yet");
    }
    isNull("pass", () -> scan.explain(null));
  }

  @Test
  void aHookThatReturnsNullIsNamed() {
    Variable x = Variable.input(Tensor.zeros(DType.FLOAT32, Shape.of(2)));
    Variable y = x.onGradient(g -> null).sum();
    assertThatThrownBy(() -> Gradients.of(y, Variable.scalar(DType.FLOAT32, 1), List.of(x)))
        .isInstanceOf(NullPointerException.class)
        .hasMessageStartingWith(
            "[onGradient] expected a gradient from the hook " + getClass().getName())
        .hasMessageEndingWith(", got null");
    Variable xs = Variable.input(X.value());
    for (Scan scan : List.of(Scan.forward(), Scan.forward().checkpointed())) {
      Scan nulls = scan.onGradient((time, carried, g) -> time == 1 ? null : g);
      Variable loss = run(nulls, BODY, xs).carried().getFirst().sum();
      isNull(
          "[scan] expected a gradient from the hook, got null for carried variable 0 at time 1",
          () -> Gradients.of(loss, Variable.scalar(DType.FLOAT32, 1), List.of(xs)));
    }
    isNull("hook", () -> x.onGradient(null));
  }

  @Test
  void aScanOfNoStepsRefusesTheStatesThatOneOfSeveralRefuses() {
    List<Scan.Body> wrong =
        List.of(
            (in, c, time) -> new Scan.Result(List.of(), List.of()),
            (in, c, time) -> new Scan.Result(List.of(), List.of(c.get(0), c.get(0))),
            (in, c, time) ->
                new Scan.Result(
                    List.of(), List.of(c.get(0).add(in.get(0)).sum().expand(Shape.of(3)))),
            (in, c, time) -> {
              c.get(0).add(in.get(0));
              return new Scan.Result(
                  List.of(), List.of(Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2)))));
            },
            (in, c, time) -> {
              c.get(0).add(in.get(0));
              return new Scan.Result(List.of(), List.of(time));
            });
    for (Scan.Body body : wrong) {
      for (Scan scan : List.of(Scan.forward(), Scan.backward(), Scan.forward().eager())) {
        String message =
            catchThrowableOfType(IllegalArgumentException.class, () -> run(scan, body, X))
                .getMessage();
        assertThatThrownBy(() -> run(scan, body, steps(0)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(message);
      }
    }
    assertThat(run(Scan.forward(), BODY, steps(0)).outputs().getFirst().shape())
        .isEqualTo(Shape.of(0, 2));
  }

  @Test
  void differentTypesAreNamed() {
    Variable ids = Variable.of(Tensor.of(Shape.of(2), 1, 2));
    Variable w = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2, 2)));
    String message = "expected operands of one type, got ";
    assertThatThrownBy(() -> X.matmul(w)).hasMessage("[matmul] " + message + "float32 and float64");
    assertThatThrownBy(() -> X.add(ids)).hasMessage("[add] " + message + "float32 and int32");
    assertThatThrownBy(() -> Variable.concat(0, ids, ids, START).value())
        .hasMessage("[concat] " + message + "int32 and float32");
    for (int n = 0; n < 3; n++) {
      Variable x = steps(n);
      assertThatThrownBy(() -> Scan.forward().run(BODY, List.of(x), List.of(ids), 0))
          .isInstanceOf(n == 0 ? IllegalArgumentException.class : RuntimeException.class)
          .hasMessage("[add] " + message + "int32 and float32");
    }
  }

  @Test
  void nullsAreNamed() {
    isNull("[sum] expected axes, got null", () -> X.sum((int[]) null));
    isNull("[mean] expected axes, got null", () -> X.mean((int[]) null));
    isNull("[permute] expected axes, got null", () -> X.permute((int[]) null));
    isNull("[reshape] expected sizes, got null", () -> X.reshape((int[]) null));
    isNull("[reshape] expected a shape, got null", () -> X.reshape((Shape) null));
    isNull("[expand] expected a shape, got null", () -> X.expand(null));
    isNull("[sum] expected a shape, got null", () -> X.sumTo(null));
    isNull("[add] expected a variable as operand 1, got null", () -> X.add(null));
    isNull("[matMulAdd] expected a variable as operand 0, got null", () -> X.linear(X, null));
    isNull(
        "[concat] expected a variable as operand 1, got null", () -> Variable.concat(0, X, null));
    isNull(
        "[concat] expected a variable as operand 0, got null", () -> Variable.concat(0, null, X));
    isNull("[concat] expected parts, got null", () -> Variable.concat(0, (Variable[]) null));
    Tensor t = X.value();
    isNull("[sum] expected axes, got null", () -> Reduction.sum(t, (int[]) null));
    isNull("[max] expected axes, got null", () -> Reduction.max(t, (int[]) null));
    isNull("[permute] expected axes, got null", () -> t.permute((int[]) null));
    isNull("[reshape] expected sizes, got null", () -> t.reshape((int[]) null));
    isNull("[shape] expected sizes, got null", () -> Shape.of((int[]) null));
    isNull("[get] expected a position, got null", () -> t.get((int[]) null));
    isNull("[tensor] expected values, got null", () -> Tensor.of(Shape.of(2), (float[]) null));
    isNull("[add] expected a tensor as operand 1, got null", () -> t.add(null));
    isNull("[concat] expected a tensor as part 1, got null", () -> Join.concat(0, list(t, null)));
  }

  private static List<Tensor> list(Tensor... all) {
    return Arrays.asList(all);
  }

  @Test
  void aVariableThatLeavesItsStepIsExplained() {
    List<Variable> kept = new ArrayList<>();
    Scan.Body keeps =
        (in, c, time) -> {
          Variable h = c.getFirst().add(in.getFirst());
          kept.add(h);
          return new Scan.Result(List.of(h), List.of(h));
        };
    run(Scan.forward(), keeps, X);
    Variable h = kept.getFirst();
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            h::value,
            () -> h.add(h),
            () -> h.add(START),
            () -> START.matmul(h),
            () -> run(Scan.forward(), BODY, h.add(X)),
            () -> Gradients.of(h.sum(), List.of()),
            () -> new Parameter(h.value()))) {
      assertThatThrownBy(use)
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage(
              "[variable] expected a variable with a value, got the add float32[2] of a step that"
                  + " was being planned, such as one stored in a field: a step returns its values as"
                  + " outputs or state");
    }
  }

  @Test
  void aStepThatReadsAVariableOfAnEarlierStepIsExplained() {
    List<Variable> kept = new ArrayList<>();
    Scan.Body body =
        (in, c, time) -> {
          Variable h = c.getFirst().add(in.getFirst());
          kept.add(h);
          return new Scan.Result(List.of(kept.getFirst().mul(h)), List.of(h));
        };
    assertThatThrownBy(() -> run(Scan.forward(), body, X).outputs().getFirst().value())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("got the add float32[2] of a step that was being planned");
  }

  @Test
  void objectsPrintWhatTheyAre() {
    assertThat(X).hasToString("constant float32[3, 2]");
    assertThat(Variable.input(X.value())).hasToString("input float32[3, 2]");
    assertThat(new Parameter(X.value())).hasToString("parameter float32[3, 2]");
    assertThat(new Parameter(X.value()).tanh()).hasToString("tanh float32[3, 2]");
    assertThat(Scan.forward()).hasToString("Scan[forward]");
    assertThat(Scan.backward().checkpointed().eager().onGradient((t, i, g) -> g))
        .hasToString("Scan[backward, checkpointed, eager, with a gradient hook]");
    try (Session s = Scan.forward().open(BODY, Shape.of(2), DType.FLOAT32, List.of(START))) {
      assertThat(s).hasToString("Session[float32[2] -> float32[2]]");
    }
    assertThat(Snapshot.of(List.of(new Parameter(X.value()))))
        .hasToString("Snapshot[1 parameters]");
    assertThat(Slot.of(X.value())).hasToString("Slot[float32[3, 2]]");
    assertThat(Matrices.pack(X.value(), true)).hasToString("PackedMatrix[float32[2, 3]]");
  }

  @Test
  void wholeExponentsOfAnyMagnitudeTakeAnyBase() {
    double[] base = {-1, 1, 0.5, -2, 0, -1.0000000001, 1 + 1e-12};
    Variable x = Variable.input(Tensor.of(Shape.of(base.length), base));
    for (double exponent :
        new double[] {2147483648.0, -2147483648.0, 2147483649.0, 1e12 + 1, -1e15, 1e300, -3e307}) {
      double[] y = x.pow(exponent).value().toDoubles();
      for (int i = 0; i < base.length; i++) {
        double expected = Math.pow(base[i], exponent);
        assertThat(y[i]).as(base[i] + "^" + exponent).isCloseTo(expected, withinPercentage(0.1));
      }
    }
    Variable minusOne = Variable.input(Tensor.scalar(DType.FLOAT64, -1));
    Variable one = Variable.scalar(DType.FLOAT64, 1);
    Variable g = Gradients.of(minusOne.pow(1L << 40), one, List.of(minusOne)).getFirst();
    assertThat(g.value().item()).isEqualTo(-0x1p40);
  }
}
