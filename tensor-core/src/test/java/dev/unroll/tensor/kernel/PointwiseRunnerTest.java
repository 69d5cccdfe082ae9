package dev.unroll.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.kernel.PointwiseRunner.Tiling;
import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Programs over operands that lie in any way, beside one instruction after the other. */
class PointwiseRunnerTest {
  private static final Floats E = Floats.INSTANCE;
  private static final int[][] SIZES = {
    {},
    {1},
    {7},
    {3000},
    {4, 5},
    {3, 96},
    {2, 1500},
    {40, 50},
    {600, 3},
    {3, 4, 5},
    {2, 30, 7},
    {5, 1, 20},
    {2, 3, 4, 5}
  };

  /** An operand of some sizes in an array of its own, which has gaps. */
  private record Lying(float[] array, Layout layout) {
    float[] dense() {
      float[] to = new float[layout.size()];
      Copy.run(E, array, layout, to, Layout.of(layout.dims()));
      return to;
    }
  }

  private static Lying input(Random random, int... dims) {
    Layout l;
    switch (random.nextInt(5)) {
      case 0 -> l = Layout.of(dims);
      case 1 -> {
        int[] one = dims.clone();
        for (int i = 0; i < one.length; i++) {
          one[i] = random.nextBoolean() ? 1 : dims[i];
        }
        l = Layout.of(one).expand(dims);
      }
      case 2 -> l = strided(random, dims);
      case 3 -> l = reversed(dims);
      default -> {
        int[] one = dims.clone();
        Arrays.fill(one, 1);
        l = Layout.of(one).expand(dims);
      }
    }
    int begin = random.nextInt(4);
    l = l.from(begin);
    float[] array = new float[begin + 3 * Layout.of(dims).size() + 100];
    for (int i = 0; i < array.length; i++) {
      array[i] = (float) random.nextGaussian();
    }
    return new Lying(array, l);
  }

  /** Part of a larger box, along an axis. */
  private static Layout strided(Random random, int... dims) {
    if (dims.length == 0) {
      return Layout.of();
    }
    int axis = random.nextInt(dims.length);
    int[] more = dims.clone();
    more[axis] += 1;
    return Layout.of(more).slice(axis, random.nextInt(2), dims[axis]);
  }

  private static Layout reversed(int... dims) {
    int[] turned = new int[dims.length];
    int[] axes = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      turned[i] = dims[dims.length - 1 - i];
      axes[i] = dims.length - 1 - i;
    }
    return Layout.of(turned).permute(axes);
  }

  private static List<Instruction> body(Random random, int inputs, int n) {
    Code[] codes = {Code.ADD, Code.MUL, Code.TANH, Code.SUB, Code.MUL_ADD, Code.AFFINE};
    List<Instruction> body = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Code code = codes[random.nextInt(codes.length)];
      int[] r = new int[3];
      for (int k = 0; k < 3; k++) {
        r[k] = k < code.operands() ? random.nextInt(inputs + i) : -1;
      }
      body.add(new Instruction(code, r[0], r[1], r[2], 0.5, 0.25));
    }
    return body;
  }

  private static float[][] expected(List<Lying> inputs, List<Instruction> body, int size) {
    Kernels<float[]> kernels = E.kernels();
    float[][] r = new float[inputs.size() + body.size()][size];
    for (int i = 0; i < inputs.size(); i++) {
      r[i] = inputs.get(i).dense();
    }
    for (int k = 0; k < body.size(); k++) {
      Instruction i = body.get(k);
      kernels.elementwise(
          i, size, r[i.a()], 0, r[i.second()], 0, r[i.third()], 0, r[inputs.size() + k], 0);
    }
    return r;
  }

  @Test
  void allOperandsInAllTilingsAndPartsGiveTheSameBits() {
    for (int seed = 0; seed < 1500; seed++) {
      Random random = new Random(seed);
      int[] dims = SIZES[random.nextInt(SIZES.length)];
      Layout sizes = Layout.of(dims);
      List<Lying> inputs = new ArrayList<>();
      int n = 1 + random.nextInt(4);
      for (int i = 0; i < n; i++) {
        inputs.add(input(random, dims));
      }
      List<Instruction> body = body(random, n, 1 + random.nextInt(6));
      int[] results =
          random.ints(100, n, n + body.size()).distinct().limit(1 + random.nextInt(3)).toArray();
      float[][] expected = expected(inputs, body, sizes.size());
      for (Tiling tiling : Tiling.values()) {
        check(seed, tiling, random, sizes, inputs, body, results, expected);
      }
    }
  }

  private static void check(
      int seed,
      Tiling tiling,
      Random random,
      Layout sizes,
      List<Lying> inputs,
      List<Instruction> body,
      int[] results,
      float[][] expected) {
    List<Lying> outputs = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      Layout l = random.nextBoolean() ? sizes : strided(random, sizes.dims());
      outputs.add(new Lying(new float[2 * sizes.size() + 2 * 3000], l.from(random.nextInt(3))));
    }
    List<Lying> all = new ArrayList<>(inputs);
    all.addAll(outputs);
    Layout[] layouts = all.stream().map(Lying::layout).toArray(Layout[]::new);
    PointwiseRunner runner = new PointwiseRunner(tiling, sizes, layouts, body, results);
    PointwiseRunner.Frame<float[]> frame = runner.frame();
    int size = sizes.size();
    int middle = size / runner.unit() / 2 * runner.unit();
    for (int part = 0; part < 2; part++) {
      for (int o = 0; o < all.size(); o++) {
        frame.set(o, all.get(o).array(), all.get(o).layout().offset());
      }
      runner.run(E, frame, part == 0 ? 0 : middle, part == 0 ? middle : size);
    }
    for (int o = 0; o < results.length; o++) {
      assertThat(outputs.get(o).dense())
          .as("seed %d, %s, output %d, %s", seed, tiling, o, Arrays.toString(sizes.dims()))
          .isEqualTo(expected[results[o]]);
    }
  }
}
