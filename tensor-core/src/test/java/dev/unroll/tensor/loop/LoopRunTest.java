package dev.unroll.tensor.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.kernel.Floats;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.spi.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LoopRunTest {
  private final LoopBuilder builder = LoopBuilder.of(DType.FLOAT32);
  private final LoopValue x;
  private final LoopValue sum;
  private final LoopValue next;
  private final Loop loop;

  /** A running sum of x. */
  LoopRunTest() {
    Shape shape = Shape.of(1, 2);
    builder.sweep();
    builder.loop();
    x = builder.sequence(shape);
    sum = builder.carried(shape);
    next = builder.pointwise(Program.of(Code.ADD), shape, List.of(sum, x)).getFirst();
    builder.next(sum, next);
    builder.output(next);
    loop = builder.build();
  }

  private LoopRun begin() {
    LoopRun run = LoopRun.of(loop, 1, true, true);
    run.reserve(x);
    run.bind(sum, Tensor.zeros(DType.FLOAT32, Shape.of(1, 2)));
    run.begin();
    return run;
  }

  private float[] step(LoopRun run) {
    float[] y = new float[2];
    run.put(x, 1, 10);
    run.step();
    run.get(next, y);
    return y;
  }

  @Test
  void aRunThatIsClosedRefusesEverythingAndLeavesTheNextOneAlone() {
    LoopRun a = begin();
    assertThat(step(a)).containsExactly(1, 10);
    a.close();
    LoopRun b = begin();
    assertThat(step(b)).containsExactly(1, 10);
    Tensor t = Tensor.zeros(DType.FLOAT32, Shape.of(1, 2));
    List<ThrowingCallable> uses =
        List.of(
            () -> a.put(x, 5, 5),
            a::step,
            () -> a.get(next, new float[2]),
            () -> a.last(sum),
            () -> a.output(next),
            () -> a.accumulated(next),
            () -> a.bind(x, t.reshape(1, 1, 2)),
            () -> a.bind(sum, t),
            () -> a.bind(new LoopInput.Matrix(0, 0, false), t),
            () -> a.bind(new LoopInput.Opaque(0, 0, false), t),
            () -> a.bind(new LoopInput.Ids(0, 0), Tensor.of(Shape.of(1), 0)),
            () -> a.put(new LoopInput.Ids(0, 0), 0),
            () -> a.reserve(x),
            a::begin,
            a::forward,
            a::backward);
    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("[loop] the run is closed");
    }
    a.close(); // must not give b's arrays to c
    LoopRun c = begin();
    step(c);
    step(c);
    assertThat(step(b)).containsExactly(2, 20);
    b.close();
    c.close();
  }

  @Test
  void theArraysOfAClosedRunServeTheNextOne() {
    LoopRun run = begin();
    step(run);
    run.close();
    Workspace<float[]> next = loop.workspace(Floats.INSTANCE, 1, 1, true);
    assertThat(next.state(loop.buffer(sum).index)).containsExactly(1, 10);
  }

  /** A tensor caches its packed form when it is a right-hand side once more. */
  @Test
  void runsShareThePackedFormOfAMatrixAndLeaveItToItsTensor() {
    Tensor w = TestLoop.integers(DType.FLOAT32, 1, Shape.of(64, 64));
    Tensor in = TestLoop.integers(DType.FLOAT32, 2, Shape.of(3, 4, 64));
    double[] expected = TestLoop.join(3, t -> in.select(0, t).contiguous().matmul(w));
    TestLoop l = new TestLoop(DType.FLOAT32);
    l.stage(true);
    LoopValue y = l.builder.multiply(l.sequence(in), l.matrix(w), 64);
    l.builder.output(y);
    for (int i = 0; i < 3; i++) {
      try (LoopRun run = l.run(3)) {
        run.forward();
        TestLoop.check("run " + i, run.output(y), expected);
      }
      float[] zeros = new float[64 * 64];
      Product.pack(Floats.INSTANCE, 64, 64, new Matrix<>(zeros, 0, 64, 1)); // in other memory
    }
  }

  @Test
  void anInputThatIsNotBoundIsNamedEvenIfARunBeforeHadBoundIt() {
    begin().close();
    try (LoopRun run = LoopRun.of(loop, 1, true, true)) {
      run.bind(x, Tensor.zeros(DType.FLOAT32, Shape.of(1, 1, 2)));
      assertThatThrownBy(run::forward)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("[loop] not bound: " + sum);
    }
  }

  @Test
  void whatIsBoundHasTheTypeAndTheShapeThatWasDeclared() {
    try (LoopRun run = LoopRun.of(loop, 3, true, true)) {
      assertThatThrownBy(() -> run.bind(x, Tensor.zeros(DType.FLOAT32, Shape.of(2, 1, 2))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("[loop] expected float32[3, 1, 2], got float32[2, 1, 2]");
      assertThatThrownBy(() -> run.bind(sum, Tensor.zeros(DType.FLOAT64, Shape.of(1, 2))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("[loop] expected float32[1, 2], got float64[1, 2]");
      assertThatThrownBy(() -> run.bind(next, Tensor.zeros(DType.FLOAT32, Shape.of(1, 2))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("[loop] a computed value cannot be bound: " + next);
    }
  }

  @Test
  void bindingsBindTheInputsOfOneSweepByTheKeysOfTheCaller() {
    Bindings<String> bindings = Bindings.of(Map.of(x, "x", sum, "sum"));
    Map<String, Tensor> tensors =
        Map.of(
            "x", Tensor.of(Shape.of(2, 1, 2), 1f, 2f, 3f, 4f),
            "sum", Tensor.of(Shape.of(1, 2), 10f, 20f));
    try (LoopRun run = LoopRun.of(loop, 2, true, true)) {
      bindings.bind(run, 1, key -> null); // There are none.
      bindings.bind(run, 0, tensors::get);
      run.forward();
      assertThat(run.output(next).toFloats()).containsExactly(11, 22, 14, 26);
    }
    try (LoopRun run = LoopRun.of(loop, 2, true, true)) {
      assertThatThrownBy(() -> bindings.bind(run, 0, key -> null))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("[loop] no tensor for ");
    }
  }

  @Test
  void aSessionOfDoublesContinuesWithTheStateOfTheStepBefore() {
    TestLoop l = new TestLoop(DType.FLOAT64);
    Shape shape = Shape.of(1, 2);
    LoopValue in = l.builder.sequence(shape);
    LoopInput.Ids ids = l.builder.ids();
    LoopValue table = l.constant(Tensor.of(Shape.of(2, 2), 0.5, 1.5, 100, 200));
    LoopValue h = l.carried(Tensor.of(shape, 0.25, 0.75));
    l.stage(true);
    LoopValue row = l.builder.gather(table, ids, 1);
    LoopValue state = l.apply(Code.ADD, h, l.apply(Code.ADD, in, row));
    l.builder.next(h, state);
    l.builder.output(state);
    LoopValue twice = l.apply(Code.ADD, state, state);
    l.builder.output(twice);
    try (LoopRun run = l.run(1)) {
      run.reserve(in);
      run.bind(ids, Tensor.of(Shape.of(1, 1), 0));
      run.begin();
      double[] y = new double[2];
      run.put(in, 1.0, 2.0);
      run.step();
      run.get(state, y);
      assertThat(y).containsExactly(1.75, 4.25);
      run.put(in, 10.0, 20.0);
      run.put(ids, 1);
      run.step();
      run.get(state, y);
      assertThat(y).containsExactly(111.75, 224.25);
      run.get(twice, y);
      assertThat(y).containsExactly(223.5, 448.5);
      assertThat(run.last(h).toDoubles()).containsExactly(111.75, 224.25);
    }
  }

  @Test
  void aLaterRunLeavesTheResultsOfOneAlone() {
    TestLoop l = new TestLoop(DType.FLOAT32);
    LoopValue in = l.builder.sequence(Shape.of(1, 1));
    l.stage(true);
    LoopValue twice = l.apply(Code.ADD, in, in);
    l.builder.output(twice);
    LoopValue total = l.builder.accumulate(twice);
    List<Tensor> results = new ArrayList<>();
    for (float value : new float[] {1, 2, 3}) {
      try (LoopRun run = l.run(2)) {
        // Not at the beginning of its array.
        run.bind(in, Tensor.of(Shape.of(3, 1, 1), 9, value, 10 * value).slice(0, 1, 3));
        run.forward();
        results.add(run.output(twice));
        results.add(run.accumulated(total));
      }
    }
    assertThat(results.stream().map(t -> t.reshape(t.shape().size()).toFloats()))
        .containsExactly(
            new float[] {2, 20},
            new float[] {22},
            new float[] {4, 40},
            new float[] {44},
            new float[] {6, 60},
            new float[] {66});
  }
}
