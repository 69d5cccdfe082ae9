package dev.unroll.data;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Turns arrays into tensors and examples. */
final class Steps {
  private Steps() {}

  /**
   * Returns the values of all steps, {@code [T, F]}.
   *
   * @throws IllegalArgumentException if there is no step, or if steps differ in their length
   */
  static Tensor of(float[]... steps) {
    Objects.requireNonNull(steps, "steps");
    if (steps.length == 0) {
      throw new IllegalArgumentException("[example] expected at least one step, got none");
    }
    int width = Objects.requireNonNull(steps[0], "step 0").length;
    float[] all = new float[Math.multiplyExact(steps.length, width)];
    for (int i = 0; i < steps.length; i++) {
      float[] step = Objects.requireNonNull(steps[i], "step " + i);
      if (step.length != width) {
        throw new IllegalArgumentException(
            "[example] expected steps of "
                + width
                + " values each, got "
                + step.length
                + " at step "
                + i);
      }
      System.arraycopy(step, 0, all, i * width, width);
    }
    return Tensor.of(Shape.of(steps.length, width), all);
  }

  /** Returns one example for each input. */
  static List<Example> examples(int inputs, int targets, IntFunction<Example> example) {
    if (inputs != targets) {
      throw new IllegalArgumentException(
          "[example] expected as many targets as inputs, " + inputs + ", got " + targets);
    }
    return IntStream.range(0, inputs).mapToObj(example).toList();
  }
}
