package dev.unroll.tensor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Reduction;
import dev.unroll.tensor.Rows;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sums over all steps. */
class AccumulatorsTest {
  private static final int TABLE = 3;

  /** The four sums of a view of what a loop is given, or computes. */
  private static void check(View view, boolean computed, Shape shape, int steps) {
    Tensor x = TestLoop.integers(DType.FLOAT32, 1, shape.insert(0, steps));
    Shape one = view.of(x.select(0, 0)).shape();
    Tensor ids = TestLoop.ids(1, TABLE, Shape.of(steps, one.dim(0)));
    TestLoop l = new TestLoop(DType.FLOAT32);
    LoopValue in = l.sequence(x);
    LoopInput.Ids rows = l.ids(ids);
    l.stage(true);
    LoopValue[] v = new LoopValue[5]; // Each has one reader, which alone keeps it.
    for (int i = 0; i < v.length; i++) {
      v[i] = view.of(l.builder, computed ? l.apply(Code.MAX, in, in) : in);
    }
    LoopValue outer = l.builder.accumulateOuter(v[0], v[1]);
    LoopValue sumOfRows = l.builder.accumulateRows(v[2]);
    LoopValue sum = l.builder.accumulate(v[3]);
    LoopValue scattered = l.builder.accumulateScatter(v[4], rows, TABLE);

    Tensor each = Tensor.zeros(DType.FLOAT32, one);
    Tensor product = Tensor.zeros(DType.FLOAT32, Shape.of(one.dim(1), one.dim(1)));
    Tensor table = Tensor.zeros(DType.FLOAT32, Shape.of(TABLE, one.dim(1)));
    for (int t = 0; t < steps; t++) {
      Tensor step = view.of(x.select(0, t)).contiguous();
      each = each.add(step);
      product = product.add(step.permute(1, 0).contiguous().matmul(step));
      table = table.add(Rows.scatterAdd(step, ids.select(0, t), TABLE));
    }
    try (LoopRun run = l.run(steps)) {
      run.forward();
      String what = "%s of %s, computed %s, %d steps".formatted(view, shape, computed, steps);
      same(what, run.accumulated(outer), product);
      same(what, run.accumulated(sumOfRows), Reduction.sumTo(each, Shape.of(one.dim(1))));
      same(what, run.accumulated(sum), each);
      same(what, run.accumulated(scattered), table);
    }
  }

  private static void same(String what, Tensor actual, Tensor expected) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    TestLoop.check(what, actual, expected.toDoubles());
  }

  @ParameterizedTest
  @EnumSource
  void allViewsOfAllStepsAreAddedUp(View view) {
    for (Shape shape : new Shape[] {Shape.of(4, 5), Shape.of(3, 3)}) {
      for (int steps : new int[] {1, 100}) { // More than a block.
        check(view, true, shape, steps);
        check(view, false, shape, steps);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"64, 210", "256, 129"})
  void columnsAreDividedAmongThreads(int rows, int columns) {
    check(View.DENSE, true, Shape.of(rows, columns), 16);
  }

  @ParameterizedTest
  @CsvSource({"DENSE, DENSE, true", "TRANSPOSED, DENSE, false", "DENSE, TRANSPOSED, false"})
  void oneProductComputesAllStepsWhereTheirRowsAreEvenlySpaced(View left, View right, boolean one) {
    TestLoop l = new TestLoop(DType.FLOAT32);
    l.stage(true);
    LoopValue in = l.builder.sequence(Shape.of(2, 2));
    l.builder.accumulateOuter(left.of(l.builder, in), right.of(l.builder, in));
    assertThat(l.loop().sweep(0).accumulators().getFirst())
        .isInstanceOf(one ? Accumulate.Outer.class : Accumulate.OuterByStep.class);
  }
}
