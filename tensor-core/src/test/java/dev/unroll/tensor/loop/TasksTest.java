package dev.unroll.tensor.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Reduction;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.spi.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each task on each kind of operand, beside what tensors compute step by step. */
class TasksTest {
  private static final int STEPS = 5;

  /** Views that a value {@code [rows, columns]} can be read as. */
  private static final Map<String, View> VIEWS = views();

  /** The same view in a loop and of a tensor. */
  private record View(
      BiFunction<LoopBuilder, LoopValue, LoopValue> loop, Function<Tensor, Tensor> tensor) {}

  private static Map<String, View> views() {
    Map<String, View> views = new LinkedHashMap<>();
    views.put("dense", new View((b, v) -> v, t -> t));
    views.put("columns", new View((b, v) -> b.slice(v, 1, 1, 3), t -> t.slice(1, 1, 3)));
    views.put("rows", new View((b, v) -> b.slice(v, 0, 1, 3), t -> t.slice(0, 1, 3)));
    views.put("transposed", new View((b, v) -> b.permute(v, 1, 0), t -> t.permute(1, 0)));
    views.put(
        "repeated columns",
        new View(
            (b, v) -> b.expand(b.slice(v, 1, 2, 3), Shape.of(v.shape().dim(0), 3)),
            t -> t.slice(1, 2, 3).expand(Shape.of(t.shape().dim(0), 3))));
    views.put(
        "repeated rows",
        new View(
            (b, v) -> b.expand(b.slice(v, 0, 0, 1), Shape.of(3, v.shape().dim(1))),
            t -> t.slice(0, 0, 1).expand(Shape.of(3, t.shape().dim(1)))));
    views.put(
        "one row",
        new View(
            (b, v) -> b.reshape(v, Shape.of(1, v.shape().size())),
            t -> t.reshape(1, t.shape().size())));
    views.put(
        "one column",
        new View(
            (b, v) -> b.reshape(v, Shape.of(v.shape().size(), 1)),
            t -> t.reshape(t.shape().size(), 1)));
    return views;
  }

  /** Two shapes: one row at each step is a case of its own. */
  private static final List<Shape> SHAPES = List.of(Shape.of(4, 5), Shape.of(4, 4), Shape.of(3, 3));

  private static Tensor random(long seed, Shape shape) {
    return RandomKey.of(seed).normal(DType.FLOAT32, shape, 0, 1);
  }

  /** A task, and what it computes. */
  private interface Case {
    LoopValue build(LoopBuilder b, LoopValue in);

    Tensor expected(Tensor in);
  }

  /** Runs a task on all views of what a loop computes, in a loop and over all steps at once. */
  private static void check(Case task) {
    VIEWS.forEach((name, view) -> {
      for (Shape shape : SHAPES) {
        for (boolean loop : new boolean[] {true, false}) {
          for (boolean computed : new boolean[] {true, false}) {
            Tensor x = random(7, shape.insert(0, STEPS));
            Tensor y = run(task, view, x, loop, computed);
            for (int t = 0; t < STEPS; t++) {
              Tensor in = x.select(0, t);
              Tensor expected = task.expected(view.tensor.apply(computed ? in.add(in) : in));
              assertThat(y.select(0, t).toFloats())
                  .as("%s of %s, loop %s, computed %s, step %d", name, shape, loop, computed, t)
                  .containsExactly(expected.toFloats());
            }
          }
        }
      }
    });
  }

  private static Tensor run(Case task, View view, Tensor x, boolean loop, boolean computed) {
    LoopBuilder b = LoopBuilder.of(DType.FLOAT32);
    b.sweep();
    if (loop) {
      b.loop();
    } else {
      b.steps();
    }
    LoopValue in = b.sequence(x.shape().without(0));
    LoopValue v =
        computed ? b.pointwise(Program.of(Code.ADD), in.shape(), List.of(in, in)).getFirst() : in;
    LoopValue out = task.build(b, view.loop.apply(b, v));
    b.output(out);
    try (LoopRun run = LoopRun.of(b.build(), STEPS, true, true)) {
      run.bind(in, x);
      run.forward();
      return run.output(out);
    }
  }

  @Test
  void fusedTasksReadAnything() {
    check(
        new Case() {
          private final Program p = program();

          private static Program program() {
            Program.Builder p = Program.inputs(1);
            return p.results(p.mul(p.apply(Code.TANH, 0), 0));
          }

          @Override
          public LoopValue build(LoopBuilder b, LoopValue in) {
            return b.pointwise(p, in.shape(), List.of(in)).getFirst();
          }

          @Override
          public Tensor expected(Tensor in) {
            return p.run("p", in).getFirst();
          }
        });
  }

  @Test
  void sumsOfRowsReadACopyOfWhatDoesNotLieInRows() {
    check(
        new Case() {
          @Override
          public LoopValue build(LoopBuilder b, LoopValue in) {
            return b.rowSum(in);
          }

          @Override
          public Tensor expected(Tensor in) {
            return Reduction.sumTo(in.contiguous(), Shape.of(in.shape().dim(0), 1));
          }
        });
  }

  @Test
  void copiesTakeAnyLayoutToAnother() {
    check(
        new Case() {
          @Override
          public LoopValue build(LoopBuilder b, LoopValue in) {
            Shape s = in.shape();
            // Of rank 3, its part of the whole lies neither in rows nor in order.
            LoopValue cube = b.reshape(in, Shape.of(s.dim(0), s.dim(1), 1));
            Shape row = Shape.of(s.dim(0), s.dim(1), 2);
            LoopValue twice = b.concat(2, 2, List.of(cube, cube), 0, 1);
            return b.reshape(twice, Shape.of(row.size()));
          }

          @Override
          public Tensor expected(Tensor in) {
            Tensor cube = in.reshape(in.shape().dim(0), in.shape().dim(1), 1);
            Shape twice = Shape.of(in.shape().dim(0), in.shape().dim(1), 2);
            return cube.expand(twice).reshape(twice.size());
          }
        });
  }

  @Test
  void callsReadAnything() {
    check(
        new Case() {
          @Override
          public LoopValue build(LoopBuilder b, LoopValue in) {
            return b.call(t -> t[0].mul(t[0]), in.shape(), List.of(in));
          }

          @Override
          public Tensor expected(Tensor in) {
            return in.mul(in);
          }
        });
  }

  /** Products with and without an addend, which is a bias, another value, or overwritten. */
  @Test
  void productsReadAnythingAndAddAnything() {
    VIEWS.forEach((name, view) -> {
      for (Shape shape : SHAPES) {
        for (boolean loop : new boolean[] {true, false}) {
          Tensor x = random(1, shape.insert(0, STEPS));
          Shape left = view.tensor.apply(x.select(0, 0)).shape();
          Tensor w = random(2, Shape.of(left.dim(1), 6));
          Tensor bias = random(3, Shape.of(6));
          LoopBuilder b = LoopBuilder.of(DType.FLOAT32);
          b.sweep();
          if (loop) {
            b.loop();
          } else {
            b.steps();
          }
          LoopValue in = b.sequence(shape);
          LoopInput.Matrix matrix = b.matrix(false);
          LoopInput.Matrix again = b.matrix(true);
          LoopValue addend = b.constant(Shape.of(6));
          LoopValue a = view.loop.apply(b, in);
          LoopValue plain = b.multiply(a, matrix, 6);
          LoopValue biased = b.multiplyAdd(addend, false, a, matrix, 6);
          LoopValue more = b.multiplyAdd(biased, false, a, again, 6);
          LoopValue over = b.multiplyAdd(plain, true, a, again, 6);
          List.of(biased, more, over).forEach(b::output);
          try (LoopRun run = LoopRun.of(b.build(), STEPS, true, true)) {
            run.bind(in, x);
            run.bind(matrix, w);
            run.bind(again, w.permute(1, 0).contiguous());
            run.bind(addend, bias);
            run.forward();
            for (int t = 0; t < STEPS; t++) {
              Tensor product = view.tensor.apply(x.select(0, t)).contiguous().matmul(w);
              String what = name + " of " + shape + ", loop " + loop + ", step " + t;
              close(run.output(biased).select(0, t), product.add(bias), what);
              close(run.output(more).select(0, t), product.add(product).add(bias), what);
              close(run.output(over).select(0, t), product.add(product), what);
            }
          }
        }
      }
    });
  }

  private static void close(Tensor actual, Tensor expected, String what) {
    float[] a = actual.toFloats();
    float[] e = expected.toFloats();
    assertThat(a).as(what).hasSameSizeAs(e);
    for (int i = 0; i < e.length; i++) {
      assertThat(a[i]).as(what).isCloseTo(e[i], within(1e-4f));
    }
  }

  @Test
  void accumulatorsAddUpAllViewsOfAllSteps() {
    VIEWS.forEach((name, view) -> {
      for (Shape shape : SHAPES) {
        for (int steps : new int[] {1, 300}) { // More than a block.
          Tensor x = random(1, shape.insert(0, steps));
          Shape one = view.tensor.apply(x.select(0, 0)).shape();
          Tensor ids =
              Tensor.of(
                  Shape.of(steps, one.dim(0)),
                  new Random(1).ints((long) steps * one.dim(0), 0, 3).toArray());
          LoopBuilder b = LoopBuilder.of(DType.FLOAT32);
          b.sweep();
          b.steps();
          LoopValue in = b.sequence(shape);
          LoopInput.Ids rows = b.ids();
          LoopValue v = view.loop.apply(b, in);
          LoopValue outer = b.accumulateOuter(v, v);
          LoopValue sumOfRows = b.accumulateRows(v);
          LoopValue sum = b.accumulate(v);
          LoopValue scattered = b.accumulateScatter(v, rows, 3);
          try (LoopRun run = LoopRun.of(b.build(), steps, true, true)) {
            run.bind(in, x);
            run.bind(rows, ids);
            run.forward();
            Tensor each = Tensor.zeros(DType.FLOAT32, one);
            Tensor product = Tensor.zeros(DType.FLOAT32, Shape.of(one.dim(1), one.dim(1)));
            float[] table = new float[3 * one.dim(1)];
            for (int t = 0; t < steps; t++) {
              Tensor step = view.tensor.apply(x.select(0, t)).contiguous();
              each = each.add(step);
              product = product.add(step.permute(1, 0).contiguous().matmul(step));
              for (int r = 0; r < one.dim(0); r++) {
                for (int c = 0; c < one.dim(1); c++) {
                  table[(int) ids.get(t, r) * one.dim(1) + c] += (float) step.get(r, c);
                }
              }
            }
            String what = name + " of " + shape + ", " + steps + " steps";
            relative(run.accumulated(sum), each, what);
            relative(run.accumulated(outer), product, what);
            relative(run.accumulated(sumOfRows), Reduction.sumTo(each, Shape.of(one.dim(1))), what);
            relative(run.accumulated(scattered), Tensor.of(Shape.of(3, one.dim(1)), table), what);
          }
        }
      }
    });
  }

  private static void relative(Tensor actual, Tensor expected, String what) {
    float[] a = actual.toFloats();
    float[] e = expected.toFloats();
    assertThat(a).as(what).hasSameSizeAs(e);
    for (int i = 0; i < e.length; i++) {
      assertThat(a[i]).as(what).isCloseTo(e[i], within(1e-4f * Math.max(10, Math.abs(e[i]))));
    }
  }

  @Test
  void rowsOfTablesAreGatheredFromWhateverLiesInRows() {
    VIEWS.forEach((name, view) -> {
      Tensor table = random(1, Shape.of(4, 5));
      Tensor rows = view.tensor.apply(table);
      Tensor ids =
          Tensor.of(
              Shape.of(STEPS, 2), new Random(1).ints(2L * STEPS, 0, rows.shape().dim(0)).toArray());
      LoopBuilder b = LoopBuilder.of(DType.FLOAT32);
      b.sweep();
      LoopValue constant = b.constant(table.shape());
      LoopInput.Ids at = b.ids();
      LoopValue from = view.loop.apply(b, constant);
      b.steps();
      LoopValue out = b.gather(from, at, 2);
      b.output(out);
      try (LoopRun run = LoopRun.of(b.build(), STEPS, true, true)) {
        run.bind(constant, table);
        run.bind(at, ids);
        run.forward();
        for (int t = 0; t < STEPS; t++) {
          for (int r = 0; r < 2; r++) {
            assertThat(run.output(out).select(0, t).select(0, r).toFloats())
                .as("%s, step %d", name, t)
                .containsExactly(rows.select(0, (int) ids.get(t, r)).toFloats());
          }
        }
      }
    });
  }

  @Test
  void rowsAreDividedOnlyWhereNoneDependsOnAnother() {
    int[] square = {4, 4};
    Location at = new Location(0, TimeSlot.THIS, 0);
    RowMajor state = new DenseRows(at, Layout.of(square), 4, 4);
    RowMajor other = new DenseRows(new Location(1, TimeSlot.THIS, 0), Layout.of(square), 4, 4);
    Operand transposed = Operands.of(at, Layout.of(square).permute(1, 0), square);
    assertThat(RowSplit.rows(List.of(new CopyRows(other, state), new CopyRows(state, other))))
        .isEqualTo(4);
    assertThat(RowSplit.rows(List.of(new CopyRows(transposed, other)))).isEqualTo(4);
    assertThat(RowSplit.rows(List.of(new CopyRows(other, state), new CopyRows(transposed, other))))
        .isEqualTo(-1);
    assertThat(RowSplit.rows(List.of())).isEqualTo(-1);
  }
}
