package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.Property;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reductions, rankings and cumulative sums against their definition in float64. */
class ReductionPropertiesTest {
  private interface Named {
    Tensor over(Tensor t, int... axes);
  }

  private interface Down {
    Tensor to(Tensor t, Shape shape);
  }

  private static void check(
      Tensor t,
      int[] axes,
      boolean rounds,
      Named over,
      Down down,
      ToDoubleFunction<double[]> reference) {
    Shape shape = t.shape();
    int[] all = axes.length == 0 ? IntStream.range(0, shape.rank()).toArray() : axes;
    Shape kept = shape;
    for (int a : all) {
      kept = kept.with(a, 1);
    }
    int[] rest =
        IntStream.range(0, shape.rank())
            .filter(i -> IntStream.of(all).noneMatch(a -> a == i))
            .toArray();
    ToDoubleFunction<int[]> at =
        where -> {
          Tensor part = t;
          for (int a : rest) {
            part = part.slice(a, where[a], where[a] + 1);
          }
          return reference.applyAsDouble(part.toDoubles());
        };
    // Each term may round by a unit of a sum that is larger than the last one.
    int terms = IntStream.of(all).map(shape::dim).reduce(1, Math::multiplyExact);
    Samples.check(down.to(t, kept), kept, rounds ? Math.max(40, terms) : 0, at);
    Shape dropped = Shape.of(IntStream.of(rest).map(shape::dim).toArray());
    int[] negative = IntStream.of(axes).map(a -> a - shape.rank()).toArray();
    assertThat(over.over(t, axes).sameBits(down.to(t, kept).reshape(dropped.dims()))).isTrue();
    assertThat(over.over(t, negative).shape()).isEqualTo(dropped);
  }

  @Test
  void reductionsAgreeWithTheirDefinition() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor t = Samples.normal(type, shape, seed);
      int[] axes = Samples.axes(shape, new Random(seed));
      check(t, axes, true, Reduction::sum, Reduction::sumTo, x -> DoubleStream.of(x).sum());
      check(
          t,
          axes,
          true,
          Reduction::mean,
          Reduction::meanTo,
          x -> DoubleStream.of(x).sum() / x.length);
      check(
          t,
          axes,
          false,
          Reduction::max,
          Reduction::maxTo,
          x -> DoubleStream.of(x).max().orElse(Double.NEGATIVE_INFINITY));
      check(
          t,
          axes,
          false,
          Reduction::min,
          Reduction::minTo,
          x -> DoubleStream.of(x).min().orElse(Double.POSITIVE_INFINITY));
      double squares = DoubleStream.of(t.toDoubles()).map(v -> v * v).sum();
      assertThat(Reduction.sumOfSquares(t))
          .isCloseTo(squares, org.assertj.core.data.Offset.offset(1e-5 * (1 + squares)));
      assertThat(Reduction.norm(t)).isEqualTo(Math.sqrt(Reduction.sumOfSquares(t)));
    });
  }

  @Test
  void anExtremeOfWhatHoldsNanIsNan() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      if (shape.size() == 0) {
        return;
      }
      double[] x = Samples.normal(type, shape, seed).toDoubles();
      x[new Random(seed).nextInt(x.length)] = Double.NaN;
      Tensor t = Tensor.of(shape, x).to(type);
      assertThat(Reduction.max(t).item()).isNaN();
      assertThat(Reduction.min(t).item()).isNaN();
      Tensor flat = t.reshape(x.length);
      assertThat(x[(int) Ranking.argMax(flat, 0).item()]).isNaN();
      assertThat(x[(int) Ranking.argMin(flat, 0).item()]).isNaN();
    });
  }

  @Test
  void rankingsPutTheFirstOfEqualsFirst() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      long seed = draw.seed("seed");
      for (DType type : DType.values()) {
        Tensor t = Samples.whole(type, shape, seed);
        for (int axis = 0; axis < shape.rank(); axis++) {
          rank(t, axis, new Random(seed).nextInt(shape.dim(axis) + 1));
        }
      }
    });
  }

  private static void rank(Tensor t, int a, int k) {
    Shape shape = t.shape();
    Ranking.Largest top = Ranking.topK(t, a - shape.rank(), k);
    Samples.check(
        top.indices(),
        shape.with(a, k),
        0,
        at -> {
          double[] x = Samples.along(t, a, at);
          // A stable sort: equal ones stay in order.
          return IntStream.range(0, x.length)
              .boxed()
              .sorted((p, q) -> Double.compare(x[q], x[p]))
              .skip(at[a])
              .findFirst()
              .orElseThrow();
        });
    Samples.check(
        top.values(),
        shape.with(a, k),
        0,
        at -> t.get(Samples.with(at, a, (int) top.indices().get(at))));
    if (shape.dim(a) > 0) {
      assertThat(Ranking.argMax(t, a).sameBits(Ranking.topK(t, a, 1).indices().select(a, 0)))
          .isTrue();
      Tensor least = Ranking.argMin(t, a).reshape(shape.with(a, 1).dims());
      Samples.check(
          least,
          shape.with(a, 1),
          0,
          at -> {
            double[] x = Samples.along(t, a, at);
            double min = DoubleStream.of(x).min().orElseThrow();
            return IntStream.range(0, x.length).filter(i -> x[i] == min).findFirst().orElseThrow();
          });
    }
  }

  @Test
  void cumulativeSumsAgreeWithTheirDefinition() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor t = Samples.normal(type, shape, seed);
      for (int axis = 0; axis < shape.rank(); axis++) {
        int a = axis;
        int n = shape.dim(a);
        Samples.check(
            Cumulative.sum(t, a - shape.rank()),
            shape,
            40,
            at -> Arrays.stream(Samples.along(t, a, at), 0, at[a] + 1).sum());
        Samples.check(
            Cumulative.sumFromEnd(t, a),
            shape,
            40,
            at -> Arrays.stream(Samples.along(t, a, at), at[a], n).sum());
      }
      if (shape.rank() > 0) {
        Tensor whole = Samples.whole(DType.INT32, shape, seed);
        Samples.check(
            Cumulative.sum(whole, 0),
            shape,
            0,
            at -> Arrays.stream(Samples.along(whole, 0, at), 0, at[0] + 1).sum());
      }
    });
  }
}
