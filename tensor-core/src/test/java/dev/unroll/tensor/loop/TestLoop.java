package dev.unroll.tensor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A loop under construction, with the tensors that its inputs will be bound to. */
final class TestLoop {
  final LoopBuilder builder;
  private final Map<LoopInput, Tensor> inputs = new LinkedHashMap<>();
  private @Nullable Loop loop;

  TestLoop(DType type) {
    builder = LoopBuilder.of(type);
    builder.sweep();
  }

  /** Returns small integers, whose sums and products are exact in any order. */
  static Tensor integers(DType type, long seed, Shape shape) {
    double[] values = new Random(seed).ints(shape.size(), -3, 4).asDoubleStream().toArray();
    return of(type, shape, values);
  }

  static Tensor of(DType type, Shape shape, double... values) {
    if (type == DType.FLOAT64) {
      return Tensor.of(shape, values);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(shape, floats);
  }

  static Tensor ids(long seed, int rows, Shape shape) {
    return Tensor.of(shape, new Random(seed).ints(shape.size(), 0, rows).toArray());
  }

  /** Returns the values of all steps, one after the other. */
  static double[] join(int steps, IntFunction<Tensor> step) {
    double[] all = new double[0];
    for (int t = 0; t < steps; t++) {
      double[] one = step.apply(t).toDoubles();
      all = all.length == 0 ? new double[steps * one.length] : all;
      System.arraycopy(one, 0, all, t * one.length, one.length);
    }
    return all;
  }

  /** Checks the elements of a tensor, of which many are compared quickly; zeros are equal. */
  static void check(String what, Tensor actual, double... expected) {
    double[] values = actual.toDoubles();
    assertThat(values.length).as(what).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      if (values[i] != expected[i]) {
        assertThat(values[i]).as("%s: element %d", what, i).isEqualTo(expected[i]);
      }
    }
  }

  void stage(boolean loop) {
    if (loop) {
      builder.loop();
    } else {
      builder.steps();
    }
  }

  <I extends LoopInput> I bound(I input, Tensor t) {
    inputs.put(input, t);
    return input;
  }

  LoopValue sequence(Tensor all) {
    return bound(builder.sequence(all.shape().without(0)), all);
  }

  LoopValue constant(Tensor t) {
    return bound(builder.constant(t.shape()), t);
  }

  LoopValue carried(Tensor first) {
    return bound(builder.carried(first.shape()), first);
  }

  LoopInput.Matrix matrix(Tensor t) {
    return bound(builder.matrix(false), t);
  }

  LoopInput.Ids ids(Tensor t) {
    return bound(builder.ids(), t);
  }

  /** Returns an elementwise operation on values of one shape. */
  LoopValue apply(Code code, LoopValue... in) {
    return builder.pointwise(Program.of(code), in[0].shape(), Arrays.asList(in)).getFirst();
  }

  /** Returns the loop, which is built once. */
  Loop loop() {
    Loop now = loop == null ? builder.build() : loop;
    loop = now;
    return now;
  }

  /** Begins a run with its inputs bound. */
  LoopRun run(int steps, boolean ascending, boolean keeps) {
    LoopRun run = LoopRun.of(loop(), steps, ascending, keeps);
    inputs.forEach(run::bind);
    return run;
  }

  LoopRun run(int steps) {
    return run(steps, true, true);
  }

  /** Runs the forward sweep and returns the steps of a value. */
  Tensor output(LoopValue value, int steps) {
    builder.output(value);
    try (LoopRun run = run(steps)) {
      run.forward();
      return run.output(value);
    }
  }
}
