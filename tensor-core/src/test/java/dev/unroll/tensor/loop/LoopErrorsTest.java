package dev.unroll.tensor.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LoopErrorsTest {
  private static final Shape SHAPE = Shape.of(1, 2);
  private static final Tensor X = Tensor.of(Shape.of(2, 1, 2), 1f, 2f, 3f, 4f);
  private static final Tensor W = Tensor.of(Shape.of(2, 2), 1f, 2f, 3f, 4f);

  private final LoopBuilder builder = LoopBuilder.of(DType.FLOAT32);

  LoopErrorsTest() {
    builder.sweep();
  }

  private static void refuses(
      Class<? extends Exception> type, String message, ThrowingCallable use) {
    assertThatThrownBy(use).isInstanceOf(type).hasMessage(message);
  }

  private static void refusesArgument(String message, ThrowingCallable use) {
    refuses(IllegalArgumentException.class, message, use);
  }

  private static void refusesState(String message, ThrowingCallable use) {
    refuses(IllegalStateException.class, message, use);
  }

  @Test
  void anInputThatIsNotBoundIsNamedThoughTheRunBeforeHadBoundIt() {
    LoopValue constant = builder.constant(SHAPE);
    LoopValue x = builder.sequence(SHAPE);
    LoopInput.Matrix matrix = builder.matrix(false);
    LoopInput.Ids ids = builder.ids();
    LoopInput.Opaque opaque = builder.opaque(false);
    Map<LoopInput, Tensor> inputs = new LinkedHashMap<>();
    inputs.put(constant, X.select(0, 0));
    inputs.put(x, X);
    inputs.put(matrix, W);
    inputs.put(ids, Tensor.of(Shape.of(2, 1), 0, 1));
    inputs.put(opaque, Tensor.of(Shape.of(1), 7));
    Loop loop = builder.build();
    for (LoopInput missing : inputs.keySet()) {
      try (LoopRun run = LoopRun.of(loop, 2, true, true)) {
        inputs.forEach(run::bind);
        run.forward();
      }
      try (LoopRun run = LoopRun.of(loop, 2, true, true)) {
        inputs.forEach((input, t) -> {
          if (!input.equals(missing)) {
            run.bind(input, t);
          }
        });
        refusesState("[loop] not bound: " + missing, run::forward);
      }
    }
  }

  @Test
  void whatIsReadBeforeItIsComputedIsRefused() {
    LoopValue x = builder.sequence(SHAPE);
    LoopInput.Ids ids = builder.ids();
    builder.loop();
    LoopValue y = builder.rowSum(x);
    builder.output(y);
    LoopValue sum = builder.accumulate(x);
    builder.sweep();
    builder.loop();
    LoopValue later = builder.rowSum(x);
    builder.output(later);
    try (LoopRun run = LoopRun.of(builder.build(), 2, true, true)) {
      run.bind(x, X);
      refusesState("[loop] nothing is bound to array 2", () -> run.accumulated(sum));
      refusesState("[loop] no ids are bound as 0", () -> run.put(ids, 0));
      run.bind(ids, Tensor.of(Shape.of(2, 1), 0, 1));
      refusesState("[loop] not an output of a sweep that has begun: " + y, () -> run.output(y));
      run.forward();
      assertThat(run.output(y).toFloats()).containsExactly(3, 7);
      refusesState(
          "[loop] not an output of a sweep that has begun: " + later, () -> run.output(later));
      run.backward();
      assertThat(run.output(later).toFloats()).containsExactly(3, 7);
      refusesState("[loop] array 1 is not carried", () -> run.last(y));
    }
  }

  @Test
  void rowIdsAreRowsOfTheShortestTable() {
    LoopInput.Ids ids = builder.ids();
    LoopValue table = builder.constant(Shape.of(3, 2));
    LoopValue shorter = builder.constant(Shape.of(2, 2));
    builder.steps();
    LoopValue rows = builder.gather(table, ids, 1);
    builder.output(rows);
    builder.gather(shorter, ids, 1);
    builder.gather(table, ids, 1);
    try (LoopRun run = LoopRun.of(builder.build(), 1, true, true)) {
      Shape one = Shape.of(1, 1);
      String range = " is outside 0 to 1, the rows of the table";
      refusesArgument("[gather] id 2" + range, () -> run.bind(ids, Tensor.of(one, 2)));
      refusesArgument("[gather] id -1" + range, () -> run.bind(ids, Tensor.of(one, -1)));
      refusesArgument(
          "[loop] expected int32[1, 1], got float32[1, 1]",
          () -> run.bind(ids, Tensor.of(one, 1f)));
      run.bind(ids, Tensor.of(one, 0));
      refusesArgument("[gather] id 2" + range, () -> run.put(ids, 2));
      refusesArgument("[loop] expected 1 row ids, got 2", () -> run.put(ids, 0, 0));
      run.put(ids, 1);
      run.bind(table, Tensor.of(Shape.of(3, 2), 0f, 1f, 2f, 3f, 4f, 5f));
      run.bind(shorter, W);
      run.forward();
      assertThat(run.output(rows).toFloats()).containsExactly(2, 3);
    }
  }

  @Test
  void aStepIsAsLongAsDeclaredAndOfTheTypeOfTheLoop() {
    LoopValue x = builder.sequence(SHAPE);
    LoopInput.Matrix matrix = builder.matrix(false);
    Loop loop = builder.build();
    try (LoopRun run = LoopRun.of(loop, 1, true, true)) {
      run.reserve(x);
      String expected = "[loop] expected 2 elements of float32, got ";
      refusesArgument(expected + "3 of float32", () -> run.put(x, 1f, 2f, 3f));
      refusesArgument(expected + "2 of float64", () -> run.put(x, 1.0, 2.0));
      refusesArgument(expected + "1 of float32", () -> run.get(x, new float[1]));
      refusesArgument(expected + "2 of float64", () -> run.get(x, new double[2]));
      refusesArgument(
          "[loop] expected float32[1, 2], got float64[1, 2]",
          () -> run.bind(matrix, Tensor.zeros(DType.FLOAT64, SHAPE)));
    }
  }

  @Test
  void aCallReturnsTheTypeAndTheShapeThatWereDeclared() {
    LoopValue x = builder.sequence(SHAPE);
    LoopInput.Opaque other = builder.opaque(false);
    builder.loop();
    builder.call(t -> t[1], SHAPE, List.of(x, other));
    Loop loop = builder.build();
    for (Tensor wrong :
        List.of(Tensor.of(Shape.of(2, 1), 1f, 2f), Tensor.zeros(DType.FLOAT64, SHAPE))) {
      try (LoopRun run = LoopRun.of(loop, 2, true, true)) {
        run.bind(x, X);
        run.bind(other, wrong);
        refusesState(
            "[loop] expected float32[1, 2], computed " + wrong.type() + wrong.shape(),
            run::forward);
      }
    }
  }

  @Test
  void onlyAValueThatCanMoveIsCarried() {
    LoopValue x = builder.sequence(SHAPE);
    LoopValue h = builder.carried(SHAPE);
    builder.loop();
    LoopValue y = builder.pointwise(Program.of(Code.TANH), SHAPE, List.of(x)).getFirst();
    LoopValue padded = builder.concat(1, 2, List.of(builder.rowSum(x)), 1);
    LoopValue output = builder.call(t -> t[0], SHAPE, List.of(x));
    builder.output(output);
    LoopValue flipped = builder.permute(y, 1, 0);
    for (LoopValue v : List.of(x, h, padded, output, flipped)) {
      refusesState(
          "[loop] expected a value that moves into the next step's, got " + v,
          () -> builder.next(h, v));
    }
    builder.next(h, y);
    refusesState(
        "[loop] expected a value that moves into the next step's, got " + y,
        () -> builder.next(h, y));
  }
}
