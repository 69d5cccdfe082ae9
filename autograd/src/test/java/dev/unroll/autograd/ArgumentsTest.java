package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scans and masked means must not be given is named. */
@SuppressWarnings("NullAway") // Null is what is tested.
class ArgumentsTest {
  private static final Variable X = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(3, 2)));
  private static final Variable START = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(2)));
  private static final Scan.Body BODY =
      (now, carried, time) ->
          new Scan.Result(List.of(now.getFirst().add(carried.getFirst())), carried);

  private static void isNull(String name, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(name);
  }

  private static Scan.Result run(Scan.Body body, Variable x, Variable start, int offset) {
    return Scan.forward().run(body, Arrays.asList(x), Arrays.asList(start), offset);
  }

  @Test
  void aScanNamesWhatIsNull() {
    isNull("body", () -> run(null, X, START, 0));
    isNull("input", () -> run(BODY, null, START, 0));
    isNull("initial", () -> run(BODY, X, null, 0));
    isNull("hook", () -> Scan.forward().onGradient(null));
    for (Scan scan :
        List.of(Scan.forward(), Scan.backward().eager(), Scan.forward().checkpointed())) {
      for (Variable x : List.of(X, X.slice(0, 0, 0))) {
        isNull("the result of a step", () -> run(scan, x, (now, carried, time) -> null));
        isNull(
            "output",
            () ->
                run(scan, x, (now, c, time) -> new Scan.Result(Arrays.asList((Variable) null), c)));
        isNull(
            "carried",
            () ->
                run(scan, x, (now, c, time) -> new Scan.Result(c, Arrays.asList((Variable) null))));
        assertThat(run(scan, x, BODY).outputs()).hasSize(1);
      }
    }
    isNull("body", () -> Scan.forward().open(null, Shape.of(2), DType.FLOAT32, List.of(START)));
    List<Variable> none = Arrays.asList((Variable) null);
    isNull("initial", () -> Scan.forward().open(BODY, Shape.of(2), DType.FLOAT32, none));
    isNull("initial", () -> Scan.forward().open(BODY, Shape.of(2), DType.FLOAT32, null));
    isNull("input", () -> Scan.forward().open(BODY, null, DType.FLOAT32, List.of(START)));
    isNull("type", () -> Scan.forward().open(BODY, Shape.of(2), null, List.of(START)));
    isNull("inputs", () -> Scan.forward().run(BODY, null, List.of(START), 0));
    isNull("initial", () -> Scan.forward().run(BODY, List.of(X), null, 0));
    isNull("outputs", () -> new Scan.Result(null, List.of(START)));
    isNull("carried", () -> new Scan.Result(List.of(X), null));
  }

  private static Scan.Result run(Scan scan, Variable x, Scan.Body body) {
    return scan.run(body, List.of(x), List.of(START), 0);
  }

  @Test
  void variablesAndGradientsNameWhatIsNull() {
    isNull("value", () -> Variable.of(null));
    isNull("value", () -> new Parameter(null));
    isNull("loss", () -> Gradients.of(null, List.of()));
    isNull("parameters", () -> Gradients.of(X.sum(), null));
    isNull("out", () -> Gradients.of(null, X, List.of()));
    isNull("seed", () -> Gradients.of(X, null, List.of()));
    isNull("by", () -> Gradients.of(X, X, null));
  }

  @Test
  void outputsOfAnotherShapeTypeOrNumberAreRefused() {
    Variable row = START.reshape(Shape.of(1, 2));
    Scan.Body grows =
        (now, c, time) -> {
          Variable h = Variable.concat(0, c.getFirst(), row);
          return new Scan.Result(List.of(c.getFirst()), List.of(h));
        };
    Scan.Body more =
        (now, c, time) -> {
          Variable h = Variable.concat(0, c.getFirst(), row);
          return new Scan.Result(
              c.getFirst().shape().dim(0) == 1 ? c : List.of(row, h), List.of(h));
        };
    Scan.Body widens =
        (now, c, time) -> {
          Variable h = c.getFirst();
          Variable next = Variable.of(h.value().to(DType.FLOAT64));
          return new Scan.Result(List.of(h), List.of(next));
        };
    for (Scan scan :
        List.of(
            Scan.forward(),
            Scan.backward(),
            Scan.forward().eager(),
            Scan.forward().checkpointed(),
            Scan.forward().onGradient((time, i, g) -> g))) {
      refuses(scan, grows, "float32[1, 2] at step 0 and float32[2, 2] at step 1");
      refuses(scan, widens, "float32[1, 2] at step 0 and float64[1, 2] at step 1");
      refuses(scan, more, "float32[1, 2] at step 0 and [float32[1, 2], float32[3, 2]] at step 1");
    }
  }

  private static void refuses(Scan scan, Scan.Body body, String got) {
    List<Variable> start = List.of(START.reshape(Shape.of(1, 2)));
    assertThatThrownBy(() -> scan.run(body, List.of(X), start, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[scan] expected outputs of equal shape and type at all steps, got " + got);
  }

  @Test
  void timesAreInt32() {
    assertThat(run(BODY, X, START, Integer.MAX_VALUE - 2).outputs()).hasSize(1);
    assertThatThrownBy(() -> run(BODY, X, START, Integer.MAX_VALUE - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[scan] expected times up to 2^31-1, got 3 steps from time 2147483646");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, -1, 2, Double.NaN})
  void aMaskedMeanTakesZerosAndOnes(double other) {
    Variable mask = Variable.of(Tensor.of(Shape.of(3, 2), 1, 1, 0, 0, 1, other));
    assertThatThrownBy(() -> X.maskedMean(mask))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[maskedMean] expected a mask of 0 and 1, got " + other + " at [2, 1]");
    Variable narrow = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(3, 1)));
    assertThatThrownBy(() -> X.maskedMean(narrow))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[maskedMean] expected a mask [3, 2], got [3, 1]");
  }

  @Test
  void aPlannedStepMayHaveAMaskedMean() {
    Scan.Body body =
        (now, carried, time) -> {
          Variable x = now.getFirst();
          Variable mask = x.greater(Variable.scalar(x.type(), 0.5));
          return new Scan.Result(List.of(x.maskedMean(mask)), carried);
        };
    Variable x = Variable.of(Tensor.of(Shape.of(2, 3), 1f, 0, 3, 0, 0, 5));
    Scan scan = Scan.forward();
    assertThat(scan.run(body, List.of(x), List.of(), 0).outputs().getFirst().value().toFloats())
        .containsExactly(2, 5);
    assertThat(scan.explain()).doesNotStartWith("step by step");
  }

  private static void assertRefused(ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void axesAndPositionsAreNamedAsTheyWereGiven() {
    Variable ids = Variable.of(Tensor.of(Shape.of(3), 1, 2, 3));
    assertRefused(() -> X.sum(1, -1), "[sum] expected each axis once, got [1, -1] of " + X.shape());
    assertRefused(
        () -> X.select(0, Integer.MAX_VALUE),
        "[select] position 2147483647 is not inside axis 0 of " + X.shape());
    for (int at : new int[] {-1, 3}) {
      assertRefused(
          () -> X.select(-2, at),
          "[select] position " + at + " is not inside axis -2 of " + X.shape());
    }
    assertRefused(() -> ids.max(0), "[max] expected float32 or float64, got int32[3]");
    assertThatThrownBy(() -> Variable.concat(7, X)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void scansNameInputsWithoutAnAxisAndSessionsWithoutOutputs() {
    Variable scalar = Variable.scalar(DType.FLOAT32, 1);
    assertRefused(
        () -> Scan.forward().run(BODY, List.of(scalar), List.of(START), 0),
        "[scan] expected inputs [T, ...] of equal T, got [[]]");
    Scan.Body silent = (now, carried, time) -> new Scan.Result(List.of(), carried);
    assertRefused(
        () -> Scan.forward().open(silent, Shape.of(2), DType.FLOAT32, List.of(START)),
        "[session] expected a step with at least one output, got none");
  }

  @Test
  void aCopyKeepsTheSignOfZero() {
    Scan.Body same = (now, carried, time) -> new Scan.Result(now, carried);
    Variable zero = Variable.of(Tensor.of(Shape.of(2, 1), -0f, 0f));
    Tensor out =
        Scan.forward().run(same, List.of(zero), List.of(START), 0).outputs().get(0).value();
    assertThat(out.sameBits(zero.value())).isTrue();
  }

  @Test
  void negativePowersDoNotOverflowOnTheWay() {
    Variable x = Variable.input(Tensor.of(Shape.of(2), 1e25f, 1e-8f));
    Variable one = Variable.of(Tensor.full(DType.FLOAT32, Shape.of(2), 1));
    Variable g = Gradients.of(x.pow(-3), one, List.of(x)).getFirst();
    assertThat(g.value().get(0)).isZero();
    assertThat(g.value().get(1)).isCloseTo(-3e32, withinPercentage(0.01));
  }
}
