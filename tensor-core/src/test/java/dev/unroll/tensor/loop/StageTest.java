package dev.unroll.tensor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.kernel.Floats;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;
import dev.unroll.tensor.kernel.Team;
import dev.unroll.tensor.loop.Buffer.Kind;
import dev.unroll.tensor.spi.Code;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stage runs its tasks: divided or not, step by step or at once. */
class StageTest {
  private final TestLoop l = new TestLoop(DType.FLOAT32);

  /** Returns arrays for a run with zeros bound. */
  private static Workspace<float[]> workspace(Loop loop, int steps) {
    Workspace<float[]> w = loop.workspace(Floats.INSTANCE, steps, steps, true);
    for (Buffer b : loop.buffers()) {
      if (b.kind == Kind.BOUND || b.handedOut) {
        w.arrays[b.index] = new float[steps * b.size()];
      }
    }
    return w;
  }

  private static Right.Packed<float[]> pack(int k, int n, float... elements) {
    return Product.pack(Floats.INSTANCE, k, n, new Matrix<>(elements, 0, n, 1));
  }

  /** The work of four steps is worth two threads. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsAreDividedIfTheStepsOfABlockAreWorthIt(boolean loop) {
    l.stage(loop);
    LoopValue x = l.builder.sequence(Shape.of(8, 1024));
    Program.Builder p = Program.inputs(1);
    l.builder.pointwise(p.results(p.mul(p.apply(Code.TANH, 0), 0)), x.shape(), List.of(x));
    Sweep sweep = l.loop().sweep(0);
    Workspace<float[]> w = workspace(l.loop(), 8);
    sweep.block(w, 0, 3, true);
    sweep.block(w, 5, 8, true);
    RowRange<float[]>[] all = w.ranges(0, 0);
    assertThat(all).isNotNull();
    assertThat(w.ranges(0, 1)).isNull();
    sweep.block(w, 4, 8, true);
    RowRange<float[]>[] first = w.ranges(0, 1);
    if (Team.size() == 1) {
      assertThat(first).isNull();
    } else {
      assertThat(first)
          .satisfiesExactly(r -> assertThat(List.of(r.from, r.to)).containsExactly(0, 4));
      assertThat(w.ranges(0, 2))
          .satisfiesExactly(r -> assertThat(List.of(r.from, r.to)).containsExactly(4, 8));
    }
    sweep.block(w, 0, 4, true); // The ranges serve the next block.
    sweep.block(w, 0, 3, true);
    assertThat(w.ranges(0, 0)).isSameAs(all);
    assertThat(w.ranges(0, 1)).isSameAs(first);
  }

  @Test
  void aWideProductIsDividedByColumnsIfThereAreThreads() {
    l.stage(true);
    l.builder.multiply(l.builder.sequence(Shape.of(8, 520)), l.builder.matrix(false), 520);
    Workspace<float[]> w = workspace(l.loop(), 1);
    w.bind(0, pack(520, 520, new float[520 * 520]), true);
    l.loop().sweep(0).block(w, 0, 1, true);
    assertThat(w.ranges(0, 0) == null).isEqualTo(Team.size() > 1);
    assertThat(w.ranges(0, 1)).isNull(); // no rows of a part
  }

  /** Packed forms of two matrices show which of them a step has read. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyOtherStepTraversesAMatrixBackwardsUnlessOneProductComputesAll(boolean loop) {
    l.stage(loop);
    LoopValue x = l.builder.sequence(Shape.of(1, 1));
    LoopValue y = l.builder.multiply(x, l.builder.matrix(false), 1);
    l.builder.output(y);
    Sweep sweep = l.loop().sweep(0);
    Workspace<float[]> w = workspace(l.loop(), 4);
    w.arrays[l.loop().buffer(x).index] = new float[] {1, 2, 3, 4};
    w.matrices[0] = new Workspace.Packed<>(pack(1, 1, 10), pack(1, 1, 100), true);
    float[] out = w.array(l.loop().buffer(y).index);
    sweep.block(w, 0, 4, true);
    assertThat(out)
        .containsExactly(loop ? new float[] {10, 200, 30, 400} : new float[] {10, 20, 30, 40});
    for (int t = 0; t < 4; t++) {
      sweep.block(w, t, t + 1, true);
    }
    assertThat(out).containsExactly(10, 200, 30, 400);
  }

  @Test
  void aMatrixIsTraversedBackwardsAndGivenBackIfTheRunOwnsIt() {
    l.builder.matrix(false);
    Workspace<float[]> w = workspace(l.loop(), 1);
    float[] elements = new float[37 * 50];
    Right.Packed<float[]> first = pack(37, 50, elements);
    Right.Packed<float[]> second = pack(37, 50, elements);
    w.bind(0, first, true);
    assertThat(w.right(0, 0)).isEqualTo(first);
    assertThat(w.right(0, 1)).isEqualTo(new Right.Backwards<>(first));
    assertThat(w.right(0, 2)).isEqualTo(first);
    w.bind(0, second, true);
    assertThat(pack(37, 50, elements).panels()).isEqualTo(first.panels());
    w.clear(l.loop().buffers());
    Right.Packed<float[]> third = pack(37, 50, elements);
    assertThat(third.panels()).isEqualTo(second.panels());
    w.bind(0, third, false);
    w.clear(l.loop().buffers());
    assertThat(pack(37, 50, elements).panels()).isNotEqualTo(third.panels());
  }
}
