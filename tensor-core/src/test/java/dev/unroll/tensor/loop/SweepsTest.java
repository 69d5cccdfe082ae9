package dev.unroll.tensor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A recurrence and its backward sweep, over one or several blocks, in both directions, saved or
 * recomputed, beside the same in numbers.
 */
class SweepsTest {
  private static final int COLUMNS = 3;
  private static final int TABLE = 4;

  record Run(DType type, int rows, int steps, boolean ascending, boolean keeps, boolean loop) {
    Shape step() {
      return Shape.of(rows, COLUMNS);
    }
  }

  static List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (int rows : new int[] {0, 1, 4}) {
        // A block of 4 rows has 64 steps, and one row 256.
        for (int steps : new int[] {1, 2, 64, 65, 150, 300}) {
          for (int bits = 0; bits < 8; bits++) {
            runs.add(
                new Run(type, rows, steps, (bits & 1) == 0, (bits & 2) == 0, (bits & 4) == 0));
          }
        }
      }
    }
    return runs;
  }

  /** Returns {@code max(x, -h)}, small integers again. */
  private static LoopValue bounded(TestLoop l, LoopValue x, LoopValue h) {
    Program.Builder p = Program.inputs(2);
    Program bounded = p.results(p.apply(Code.MAX, 0, p.affine(1, -1, 0)));
    return l.builder.pointwise(bounded, x.shape(), List.of(x, h)).getFirst();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void sweepsComputeWhatTheStepsSay(Run r) {
    Tensor x = TestLoop.integers(r.type, 1, r.step().insert(0, r.steps));
    Tensor h0 = TestLoop.integers(r.type, 2, r.step());
    Tensor g0 = TestLoop.integers(r.type, 3, r.step());
    Tensor ids = TestLoop.ids(4, TABLE, Shape.of(r.steps, r.rows));
    Expected e = new Expected(r, x, h0, g0, ids);

    TestLoop l = new TestLoop(r.type);
    LoopValue in = l.sequence(x);
    LoopValue h = l.carried(h0);
    l.stage(true);
    LoopValue next = bounded(l, in, h);
    l.builder.next(h, next);
    l.stage(r.loop);
    LoopValue y = l.apply(Code.MUL, next, in);
    l.builder.output(y);
    LoopValue sumOfY = l.builder.accumulate(y);

    l.builder.sweep();
    LoopValue g = l.carried(g0);
    l.stage(true);
    LoopValue before = bounded(l, next, g);
    l.builder.next(g, before);
    l.builder.output(before);
    LoopValue outer = l.builder.accumulateOuter(next, before);
    LoopValue sumOfRows = l.builder.accumulateRows(before);
    LoopValue sum = l.builder.accumulate(before);
    LoopValue scattered = l.builder.accumulateScatter(before, l.ids(ids), TABLE);

    try (LoopRun run = l.run(r.steps, r.ascending, r.keeps)) {
      run.forward();
      check("y", run.output(y), e.y);
      check("last h", run.last(h), e.h);
      check("sum of y", run.accumulated(sumOfY), e.sumOfY);
      run.backward();
      check("g", run.output(before), e.before);
      check("last g", run.last(g), e.g);
      check("outer", run.accumulated(outer), e.outer);
      check("rows", run.accumulated(sumOfRows), e.sumOfRows);
      check("sum", run.accumulated(sum), e.sum);
      check("table", run.accumulated(scattered), e.table);
    }
  }

  /** Compares numbers; zeros are equal. */
  private static void check(String what, Tensor actual, double... expected) {
    assertThat(actual.toDoubles())
        .as(what)
        .usingElementComparator((a, b) -> Double.compare(a + 0.0, b + 0.0))
        .containsExactly(expected);
  }

  /** The same, one number after another. */
  private static final class Expected {
    final double[] y;
    final double[] before;
    final double[] h;
    final double[] g;
    final double[] sumOfY;
    final double[] sum;
    final double[] sumOfRows = new double[COLUMNS];
    final double[] outer = new double[COLUMNS * COLUMNS];
    final double[] table = new double[TABLE * COLUMNS];

    Expected(Run r, Tensor x, Tensor h0, Tensor g0, Tensor ids) {
      int n = r.rows * COLUMNS;
      double[] in = x.toDoubles();
      int[] id = ids.toInts();
      double[] next = new double[in.length];
      y = new double[in.length];
      before = new double[in.length];
      h = h0.toDoubles();
      g = g0.toDoubles();
      sumOfY = new double[n];
      sum = new double[n];
      for (int i = 0; i < r.steps; i++) {
        int t = r.ascending ? i : r.steps - 1 - i;
        for (int k = 0; k < n; k++) {
          h[k] = Math.max(in[t * n + k], -h[k]);
          next[t * n + k] = h[k];
          y[t * n + k] = h[k] * in[t * n + k];
          sumOfY[k] += y[t * n + k];
        }
      }
      for (int i = 0; i < r.steps; i++) {
        int t = r.ascending ? r.steps - 1 - i : i;
        for (int k = 0; k < n; k++) {
          g[k] = Math.max(next[t * n + k], -g[k]);
          before[t * n + k] = g[k];
          sum[k] += g[k];
          sumOfRows[k % COLUMNS] += g[k];
          table[id[t * r.rows + k / COLUMNS] * COLUMNS + k % COLUMNS] += g[k];
          for (int j = 0; j < COLUMNS; j++) {
            int left = k / COLUMNS * COLUMNS + j;
            outer[j * COLUMNS + k % COLUMNS] += next[t * n + left] * g[k];
          }
        }
      }
    }
  }
}
