package dev.unroll.tensor.loop;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        for (int steps : new int[] {1, 2, 65, 300}) {
          addAll(runs, type, rows, steps);
        }
      }
    }
    addAll(runs, DType.FLOAT32, 4000, 8); // Blocks are divided among threads, except the last.
    return runs;
  }

  private static void addAll(List<Run> runs, DType type, int rows, int steps) {
    for (boolean ascending : new boolean[] {true, false}) {
      for (boolean keeps : new boolean[] {true, false}) {
        for (boolean loop : new boolean[] {true, false}) {
          runs.add(new Run(type, rows, steps, ascending, keeps, loop));
        }
      }
    }
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
      TestLoop.check("y", run.output(y), e.y);
      TestLoop.check("last h", run.last(h), e.h);
      TestLoop.check("sum of y", run.accumulated(sumOfY), e.sumOfY);
      run.backward();
      TestLoop.check("g", run.output(before), e.before);
      TestLoop.check("last g", run.last(g), e.g);
      TestLoop.check("outer", run.accumulated(outer), e.outer);
      TestLoop.check("rows", run.accumulated(sumOfRows), e.sumOfRows);
      TestLoop.check("sum", run.accumulated(sum), e.sum);
      TestLoop.check("table", run.accumulated(scattered), e.table);
    }
  }

  /** The weight exceeds the cache of a core; a block has 114 steps. */
  @ParameterizedTest
  @CsvSource({"true, 1", "false, 1", "true, 3", "false, 3", "false, 115"})
  void wideProductsAreDividedAtEachStep(boolean ascending, int steps) {
    Shape shape = Shape.of(9, 520);
    Tensor x = TestLoop.integers(DType.FLOAT32, 1, shape.insert(0, steps));
    Tensor w = TestLoop.integers(DType.FLOAT32, 2, Shape.of(520, 520));
    Tensor h0 = TestLoop.integers(DType.FLOAT32, 3, shape);
    TestLoop l = new TestLoop(DType.FLOAT32);
    LoopValue in = l.sequence(x);
    LoopValue h = l.carried(h0);
    LoopValue three = l.constant(Tensor.full(DType.FLOAT32, shape, 3));
    l.stage(true);
    LoopValue few = l.apply(Code.MIN, l.apply(Code.ABS, h), three);
    LoopValue next = l.builder.multiplyAdd(in, false, few, l.matrix(w), 520);
    l.builder.next(h, next);
    LoopValue y = l.apply(Code.ADD, next, h);
    l.builder.output(y);
    try (LoopRun run = l.run(steps, ascending, true)) {
      run.forward();
      Tensor state = h0;
      for (int i = 0; i < steps; i++) {
        int t = ascending ? i : steps - 1 - i;
        Tensor abs = Program.of(Code.ABS).run("abs", state).getFirst();
        Tensor least =
            Program.of(Code.MIN).run("min", abs, Tensor.full(DType.FLOAT32, shape, 3)).getFirst();
        Tensor after = least.matmul(w).add(x.select(0, t));
        TestLoop.check("y of " + t, run.output(y).select(0, t), after.add(state).toDoubles());
        state = after;
      }
      TestLoop.check("h", run.last(h), state.toDoubles());
    }
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
