package dev.unroll.tensor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.kernel.Floats;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Team;
import dev.unroll.tensor.spi.Code;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The sizes of blocks, buffers and parts: what a loop costs. */
class LoopTest {
  private final TestLoop l = new TestLoop(DType.FLOAT32);

  private LoopValue sequence(int... step) {
    return l.builder.sequence(Shape.of(step));
  }

  @ParameterizedTest(name = "{0} rows, a weight [{1}, 512], {2} steps")
  @CsvSource({
    "4, 0, 1000, 64", // 256 rows
    "3, 0, 1000, 86",
    "300, 0, 1000, 32", // the square root of the steps
    "300, 0, 900, 30",
    "300, 0, 1, 1",
    "1, 0, 100000, 317",
    "1, 0, 10, 10",
    "4, 512, 1000, 64",
    "4, 513, 1000, 256", // 1024 rows
    "3, 513, 1000, 342",
  })
  void blocksHaveEnoughRowsAndGrowWithTheSquareRootOfTheSteps(
      int rows, int k, int steps, int block) {
    l.stage(true);
    LoopValue x = sequence(rows, 1);
    l.apply(Code.TANH, x);
    l.builder.sweep(); // The widest weight of both sweeps counts, the rows of the first.
    l.stage(true);
    if (k > 0) {
      l.builder.multiply(sequence(1, k), l.builder.matrix(false), 512);
    }
    assertThat(l.loop().block(steps)).isEqualTo(block);
  }

  @Test
  void aLoopWithoutTasksOrRowsHasBlocks() {
    l.builder.accumulate(sequence(4, 1));
    assertThat(l.loop().block(1000)).isEqualTo(256);
    TestLoop of = new TestLoop(DType.FLOAT32);
    of.stage(true);
    of.builder.call(t -> t[0], Shape.of(4, 1), List.of());
    assertThat(of.loop().block(1000)).isEqualTo(256);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void aStepSavesWhatItComputesForTheBackwardSweep(DType type) {
    TestLoop l = new TestLoop(type);
    LoopValue constant = l.builder.constant(Shape.of(2, 3));
    LoopValue once = l.apply(Code.TANH, constant);
    l.stage(true);
    LoopValue x = l.builder.sequence(Shape.of(2, 3));
    LoopValue y = l.apply(Code.TANH, x);
    LoopValue saved = l.apply(Code.TANH, y);
    LoopValue other = l.apply(Code.TANH, y);
    LoopValue part = l.apply(Code.TANH, y);
    LoopValue view = l.builder.slice(saved, 1, 0, 2);
    l.builder.sweep();
    l.stage(true);
    l.apply(Code.ADD, view, view);
    l.apply(Code.ADD, x, x);
    l.apply(Code.ADD, once, other);
    LoopValue both = l.builder.concat(1, 6, List.of(part, l.apply(Code.TANH, x)), 0, 3);
    l.builder.output(both);
    assertThat(l.loop().savedPerStep()).isEqualTo((6 + 6 + 6) * type.bytes());
  }

  private static int length(Workspace<?> w, Loop loop, LoopValue v) {
    Object array = w.arrays[loop.buffer(v).index];
    return array == null ? -1 : Array.getLength(array);
  }

  @ParameterizedTest
  @CsvSource({"true, 60", "false, 24"})
  void arraysHoldOneStepOrABlockOrAllSteps(boolean keeps, int saved) {
    LoopValue x = sequence(2, 3);
    LoopValue constant = l.builder.constant(Shape.of(2, 3));
    LoopValue once = l.apply(Code.TANH, constant);
    LoopValue h = l.builder.carried(Shape.of(2, 3));
    LoopValue shown = l.builder.carried(Shape.of(2, 3));
    l.stage(true);
    LoopValue step = l.apply(Code.ADD, x, h);
    LoopValue next = l.apply(Code.ADD, step, once);
    LoopValue forLater = l.apply(Code.ADD, step, once);
    LoopValue forBackward = l.apply(Code.ADD, step, once);
    LoopValue forSum = l.apply(Code.ADD, step, once);
    LoopValue output = l.apply(Code.ADD, step, once);
    l.builder.next(h, next);
    LoopValue carriedOutput = l.apply(Code.ADD, step, shown);
    l.builder.next(shown, carriedOutput);
    l.builder.output(carriedOutput);
    l.stage(false);
    l.builder.output(output);
    LoopValue last = l.apply(Code.TANH, forLater);
    LoopValue sum = l.builder.accumulate(forSum);
    l.builder.sweep();
    l.stage(false);
    l.apply(Code.TANH, forBackward);
    Loop loop = l.loop();
    Workspace<?> w = loop.workspace(Floats.INSTANCE, 10, 4, keeps);
    assertThat(List.of(once, step, last)).allMatch(v -> length(w, loop, v) == 6);
    assertThat(List.of(forLater, forSum)).allMatch(v -> length(w, loop, v) == 4 * 6);
    assertThat(length(w, loop, forBackward)).isEqualTo(saved);
    assertThat(length(w, loop, next)).isEqualTo(5 * 6); // and the value before
    // What is bound or returned has other arrays, and a sum is zeroed anyway.
    List<LoopValue> others = List.of(x, constant, output, carriedOutput, sum);
    assertThat(others).allMatch(v -> length(w, loop, v) == -1);
    others.forEach(v -> w.arrays[loop.buffer(v).index] = new float[100]);
    loop.release(w); // The next run reuses the arrays of this one only.
    assertThat(others).allMatch(v -> length(w, loop, v) == -1);
    assertThat(List.of(once, step, last)).allMatch(v -> length(w, loop, v) == 6);
    assertThat(length(w, loop, next)).isEqualTo(5 * 6);
  }

  @Test
  void runsOfAsManyStepsReuseTheArraysOfOthers() {
    l.stage(true);
    l.apply(Code.TANH, sequence(1, 1));
    Loop loop = l.loop();
    Workspace<?> first = loop.workspace(Floats.INSTANCE, 2, 2, true);
    loop.release(first);
    assertThat(loop.workspace(Floats.INSTANCE, 2, 2, true)).isSameAs(first);
    loop.release(first);
    assertThat(loop.workspace(Floats.INSTANCE, 3, 3, true)).isNotSameAs(first);
    loop.release(first);
    assertThat(loop.workspace(Floats.INSTANCE, 2, 2, false)).isNotSameAs(first);
  }

  @Test
  void atMostFourRunsLeaveTheirArrays() {
    l.stage(true);
    l.apply(Code.TANH, sequence(1, 1));
    Loop loop = l.loop();
    List<Workspace<?>> used = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      used.add(loop.workspace(Floats.INSTANCE, 2, 2, true));
    }
    used.forEach(loop::release);
    Set<Workspace<?>> all = Collections.newSetFromMap(new IdentityHashMap<>());
    all.addAll(used);
    for (int i = 0; i < 6; i++) {
      all.add(loop.workspace(Floats.INSTANCE, 2, 2, true));
    }
    assertThat(all).hasSize(6 + 2);
  }

  /** Stages of 8 rows, and the number of steps that are worth two threads. */
  private enum Work {
    POINTWISE(4) {
      @Override
      void build(TestLoop l) {
        Program.Builder p = Program.inputs(1);
        Program two = p.results(p.mul(p.apply(Code.TANH, 0), 0));
        LoopValue x = l.builder.sequence(Shape.of(8, 1024));
        l.builder.pointwise(two, x.shape(), List.of(x));
      }
    },
    ROW_SUM(8) {
      @Override
      void build(TestLoop l) {
        l.builder.rowSum(l.builder.sequence(Shape.of(8, 1024)));
      }
    },
    ROW_SUMS(4) {
      @Override
      void build(TestLoop l) {
        ROW_SUM.build(l);
        ROW_SUM.build(l);
      }
    },
    GATHER(8) {
      @Override
      void build(TestLoop l) {
        l.builder.gather(l.builder.constant(Shape.of(3, 1024)), l.builder.ids(), 8);
      }
    },
    PRODUCT(4) {
      @Override
      void build(TestLoop l) {
        LoopValue x = l.builder.sequence(Shape.of(8, 16));
        l.builder.multiply(x, l.builder.matrix(false), 512);
      }
    };

    final int steps;

    Work(int steps) {
      this.steps = steps;
    }

    abstract void build(TestLoop l);
  }

  @ParameterizedTest
  @EnumSource
  void aStageIsDividedIfItsWorkIsLargeAndEachPartHasFourRows(Work work) {
    l.stage(true);
    work.build(l);
    Stage stage = l.loop().sweep(0).stages().getFirst();
    int two = Math.min(2, Team.size());
    assertThat(stage.parts(8, work.steps)).isEqualTo(two);
    assertThat(stage.parts(8, work.steps - 1)).isEqualTo(1);
    assertThat(stage.parts(7, 1000)).isEqualTo(1);
    assertThat(stage.parts(-1, 1000)).isEqualTo(1);
    assertThat(stage.parts(10_000, 1000)).isEqualTo(Team.size());
  }

  private static int partsOfASum(int rows, int columns, int steps) {
    Location at = new Location(0, TimeSlot.THIS, 0);
    RowMajor in = new DenseRows(at, Layout.of(rows, columns), rows, columns);
    int parts = Accumulate.parts(in, 0, steps);
    assertThat(Accumulate.parts(in, 1000, 1000 + steps)).isEqualTo(parts);
    return parts;
  }

  @Test
  void aSumIsDividedIfItIsLargeAndEachPartHas64Columns() {
    int two = Math.min(2, Team.size());
    assertThat(partsOfASum(256, 128, 2)).isEqualTo(two); // 65536 elements
    assertThat(partsOfASum(255, 128, 2)).isEqualTo(1);
    assertThat(partsOfASum(256, 128, 1)).isEqualTo(1);
    assertThat(partsOfASum(10_000, 127, 2)).isEqualTo(1);
    assertThat(partsOfASum(100_000, 1, 2)).isEqualTo(1);
    assertThat(partsOfASum(1, 100_000, 2)).isEqualTo(Team.size());
  }

  @Test
  void aSumCopiesWhatIsNotRowMajorInAStageOfItsOwn() {
    for (boolean rowMajor : new boolean[] {true, false}) {
      TestLoop of = new TestLoop(DType.FLOAT32);
      of.stage(true);
      LoopValue y = of.apply(Code.TANH, of.builder.sequence(Shape.of(2, 3)));
      of.builder.accumulate(rowMajor ? y : of.builder.permute(y, 1, 0));
      of.apply(Code.TANH, y);
      assertThat(of.loop().sweep(0).stages()).hasSize(rowMajor ? 1 : 2);
    }
  }
}
