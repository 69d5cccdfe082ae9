package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Views, joins and look-ups against their definition, element by element. */
class ViewPropertiesTest {
  @Test
  void permutedElementsAreFoundUnderPermutedPositions() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor t = Samples.normal(type, shape, seed);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < shape.rank(); i++) {
        order.add(i);
      }
      Collections.shuffle(order, new Random(seed));
      int[] axes = order.stream().mapToInt(i -> i).toArray();
      Tensor p = t.permute(axes);
      Samples.each(
          p.shape(),
          at -> {
            int[] source = new int[at.length];
            for (int i = 0; i < at.length; i++) {
              source[axes[i]] = at[i];
            }
            assertThat(p.get(at)).isEqualTo(t.get(source));
          });
    });
  }

  @Test
  void copiesAndReshapesKeepTheOrderOfElements() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor t = Samples.normal(type, shape, seed);
      double[] inOrder = new double[shape.size()];
      int[] n = {0};
      Samples.each(shape, at -> inOrder[n[0]++] = t.get(at));
      assertThat(t.toDoubles()).isEqualTo(inOrder);
      assertThat(t.contiguous().toDoubles()).isEqualTo(inOrder);
      assertThat(t.reshape(shape.size()).toDoubles()).isEqualTo(inOrder);
      for (int a = 0; a + 1 < shape.rank(); a++) {
        int[] merged = shape.without(a).dims();
        merged[a] = shape.dim(a) * shape.dim(a + 1);
        Tensor r = t.reshape(merged);
        assertThat(r.toDoubles()).isEqualTo(inOrder);
        assertThat(r.reshape(shape.dims()).sameBits(t)).isTrue();
      }
      assertThat(t.to(DType.FLOAT64).toDoubles()).isEqualTo(inOrder);
    });
  }

  @Test
  void partsOfAnAxisJoinToTheWhole() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor t = Samples.normal(type, shape, seed);
      Random r = new Random(seed);
      for (int axis = 0; axis < shape.rank(); axis++) {
        int n = shape.dim(axis);
        int first = r.nextInt(n + 1);
        int second = r.nextInt(n - first + 1);
        List<Tensor> parts = Join.split(t, axis, first, second, n - first - second);
        Tensor middle = parts.get(1);
        int a = axis;
        Samples.check(
            middle, shape.with(a, second), 0, at -> t.get(Samples.with(at, a, at[a] + first)));
        assertThat(Join.concat(a - shape.rank(), parts).sameBits(t)).isTrue();
        Tensor padded = Join.pad(t, a, first, first + n + 2);
        Samples.check(
            padded,
            shape.with(a, first + n + 2),
            0,
            at ->
                at[a] < first || at[a] >= first + n
                    ? 0
                    : t.get(Samples.with(at, a, at[a] - first)));
        Samples.check(t.flip(a), shape, 0, at -> t.get(Samples.with(at, a, n - 1 - at[a])));
        if (n > 0) {
          List<Tensor> slices = new ArrayList<>();
          for (int i = 0; i < n; i++) {
            slices.add(t.select(a, i));
          }
          assertThat(Join.stack(a, slices).sameBits(t)).isTrue();
        }
      }
    });
  }

  @Test
  void expandedElementsAreThoseOfTheirSource() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor t = Samples.normal(type, Samples.broadcasting(shape, new Random(seed)), seed);
      Samples.check(t.expand(shape), shape, 0, at -> Samples.broadcast(t, at));
    });
  }

  @Test
  void whereTakesOneOrTheOther() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      long seed = draw.seed("seed");
      Random r = new Random(seed);
      Tensor mask = RandomKey.of(seed).bernoulli(DType.INT32, Samples.broadcasting(shape, r), 0.5);
      for (DType type : DType.values()) {
        Tensor a = Samples.whole(type, Samples.broadcasting(shape, r), seed);
        Tensor b = Samples.whole(type, shape, seed + 1);
        Samples.check(
            a.where(mask, b),
            shape,
            0,
            at -> Samples.broadcast(Samples.broadcast(mask, at) != 0 ? a : b, at));
      }
    });
  }

  @Test
  void gatherReadsAndScatterAddsAlongAnyAxis() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor t = Samples.normal(type, shape, seed);
      Random r = new Random(seed);
      for (int axis = 0; axis < shape.rank(); axis++) {
        int a = axis;
        int n = shape.dim(a);
        Shape idShape =
            n == 0
                ? Shape.of(0, 2)
                : List.of(Shape.of(), Shape.of(3), Shape.of(2, 2)).get(r.nextInt(3));
        Tensor ids = Tensor.of(idShape, r.ints(idShape.size(), 0, Math.max(1, n)).toArray());
        Tensor g = Rows.gather(t, a - shape.rank(), ids);
        int k = idShape.rank();
        Samples.check(
            g,
            Shape.of(replace(shape.dims(), a, 1, idShape.dims())),
            0,
            at -> {
              int id = (int) ids.get(Arrays.copyOfRange(at, a, a + k));
              return t.get(replace(at, a, k, id));
            });
        Tensor s = Rows.scatterAdd(g, a, ids, n);
        double[] sums = new double[shape.size()];
        Tensor position = positions(shape);
        Samples.each(
            g.shape(),
            at -> {
              int id = (int) ids.get(Arrays.copyOfRange(at, a, a + k));
              sums[(int) position.get(replace(at, a, k, id))] += g.get(at);
            });
        Samples.check(s, shape, 8, at -> sums[(int) position.get(at)]);
        Tensor one = Rows.oneHot(type, ids, n);
        Samples.check(
            one, idShape.insert(k, n), 0, at -> ids.get(Arrays.copyOf(at, k)) == at[k] ? 1 : 0);
      }
    });
  }

  private static Tensor positions(Shape shape) {
    int[] x = new int[shape.size()];
    Arrays.setAll(x, i -> i);
    return Tensor.of(shape, x);
  }

  /** Returns positions with {@code n} of them, from {@code from} on, replaced by others. */
  private static int[] replace(int[] at, int from, int n, int... others) {
    int[] to = new int[at.length - n + others.length];
    System.arraycopy(at, 0, to, 0, from);
    System.arraycopy(others, 0, to, from, others.length);
    System.arraycopy(at, from + n, to, from + others.length, at.length - from - n);
    return to;
  }
}
