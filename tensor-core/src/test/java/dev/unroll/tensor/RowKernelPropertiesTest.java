package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.Property;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Softmax, cross-entropy and layer norm against their formulas, and each row alone. */
class RowKernelPropertiesTest {
  private static double logSum(double[] x) {
    double max = Arrays.stream(x).max().orElseThrow();
    return max + Math.log(Arrays.stream(x).map(v -> Math.exp(v - max)).sum());
  }

  @Test
  void softmaxAgreesWithItsFormula() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      if (shape.rank() == 0) {
        return;
      }
      Tensor x = Samples.normal(type, shape, seed);
      int last = shape.rank() - 1;
      Samples.check(
          Softmax.softmax(x),
          shape,
          20,
          at -> Math.exp(x.get(at) - logSum(Samples.along(x, last, at))));
      Samples.check(
          Softmax.logSoftmax(x), shape, 20, at -> x.get(at) - logSum(Samples.along(x, last, at)));
    });
  }

  @Test
  void crossEntropyAgreesWithItsFormula() {
    Property.holds(draw -> {
      int rows = draw.between("rows", 0, 20);
      int classes = draw.between("classes", 1, 40);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor x = Samples.normal(type, Shape.of(rows, classes), seed);
      Tensor g = Samples.normal(type, Shape.of(rows), seed + 1);
      int[] target = new Random(seed).ints(rows, Softmax.IGNORED, classes).toArray();
      Tensor targets = Tensor.of(Shape.of(rows), target);
      Samples.check(
          Softmax.crossEntropy(x, targets),
          Shape.of(rows),
          40,
          at ->
              target[at[0]] == Softmax.IGNORED
                  ? 0
                  : logSum(Samples.along(x, 1, at[0], 0)) - x.get(at[0], target[at[0]]));
      Softmax.Losses losses = Softmax.losses(x, targets, g);
      assertThat(losses.each().sameBits(Softmax.crossEntropy(x, targets))).isTrue();
      Samples.check(
          losses.gradient(),
          x.shape(),
          40,
          at -> {
            int t = target[at[0]];
            double p = Math.exp(x.get(at) - logSum(Samples.along(x, 1, at)));
            return t == Softmax.IGNORED ? 0 : g.get(at[0]) * (p - (at[1] == t ? 1 : 0));
          });
    });
  }

  @Test
  void aRowAloneHasTheBitsItHasAmongOthers() {
    Property.holds(draw -> {
      int rows = draw.between("rows", 1, 40);
      int n = draw.between("n", 1, 1100);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor x = Samples.normal(type, Shape.of(rows, n), seed);
      Tensor targets = Tensor.of(Shape.of(rows), new Random(seed).ints(rows, -1, n).toArray());
      Tensor g = Samples.normal(type, Shape.of(rows), seed + 1);
      List<Function<int[], Tensor>> kernels =
          List.of(
              r -> Softmax.softmax(cut(x, r)),
              r -> Softmax.logSoftmax(cut(x, r)),
              r -> Softmax.crossEntropy(cut(x, r), cut(targets, r)),
              r -> Softmax.losses(cut(x, r), cut(targets, r), cut(g, r)).gradient(),
              r -> Reduction.sum(cut(x, r), 1),
              r -> Reduction.max(cut(x, r), 1));
      int one = new Random(seed).nextInt(rows);
      for (Function<int[], Tensor> kernel : kernels) {
        Tensor alone = kernel.apply(new int[] {one, one + 1});
        assertThat(alone.sameBits(cut(kernel.apply(new int[] {0, rows}), one, one + 1))).isTrue();
      }
    });
  }

  private static Tensor cut(Tensor t, int... rows) {
    return t.slice(0, rows[0], rows[1]);
  }
}
