package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.loop.LoopRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a loop computes is what its step says. */
final class LowerTest {
  private static Lowered lower(Steps steps) {
    return Lower.of(steps.all().map(Partition::of).map(Fuse::of).toList());
  }

  private static Tensor tensor(int first, int... dims) {
    Shape shape = Shape.of(dims);
    double[] values = new double[shape.size()];
    java.util.Arrays.setAll(values, i -> first + i);
    return Tensor.of(shape, values);
  }

  private static double[] output(String step, Map<Role, Tensor> arguments) {
    Lowered l = lower(Steps.of(PlaceResults.of(Graphs.parse(step))));
    try (LoopRun run = LoopRun.of(l.loop(), 2, true, true)) {
      l.inputs().bind(run, 0, arguments::get);
      run.forward();
      return run.output(l.forward().outputs().get(0)).toDoubles();
    }
  }

  @Test
  void aProductIsAddedToWhatComesBeforeIt() {
    double[] y =
        output(
            """
            float64
            %x0 = sequence : [1, 2]
            %s0 = carried : [1, 1]
            %c0 = invariant : [2, 1]
            %c1 = invariant : [1]
            %4 = matMulAdd %c1 %x0 %c0 : [1, 1]
            %5 = add %4 %s0 : [1, 1]
            output 0 %5
            next 0 %5
            """,
            Map.of(
                new Role.Sequence(0), tensor(1, 2, 1, 2),
                new Role.Carried(0), tensor(100, 1, 1),
                new Role.Invariant(0), tensor(1, 2, 1),
                new Role.Invariant(1), tensor(10, 1)));
    assertThat(y).containsExactly(100 + 10 + 5, 115 + 10 + 11);
  }

  private static void writes(String step, String tasks) {
    assertThat(lower(Steps.of(Graphs.parse(step))).texts()).containsExactly(tasks);
  }

  @Test
  void productsWithLoopInvariantMatricesAreTasksOfTheirOwn() {
    writes(
        """
        float64
        %x0 = sequence : [2, 3]
        %x1 = sequence : [3, 3]
        %s0 = carried : [2, 3]
        %c0 = invariant : [3, 3]
        %c1 = invariant : [3]
        %a = matMulAdd %c1 %x0 %c0 : [2, 3]
        %b = matMulAdd %a %s0 %c0 : [2, 3]
        %t = tanh %b : [2, 3]
        %c = matmul[tb] %b %c0 : [2, 3]
        %d = matmul %c %c0 : [2, 3]
        %e = matMulAdd %d %c %c0 : [2, 3]
        %f = matMulAdd %d %e %c0 : [2, 3]
        %g = matMulAdd %e %f %c0 : [2, 3]
        %h = matmul %g %x1 : [2, 3]
        %i = matmul[ta] %g %h : [3, 3]
        output 0 %e
        output 1 %i
        next 0 %t
        """,
        """
        all steps: %5 = multiplyAdd %c1 %x0 %c0
        loop 1: %6 = multiplyAdd[reuse] %5 %s0 %c0
        loop 1: %7 = pointwise %6
        all steps: %8 = multiply[tb] %6 %c0
        all steps: %9 = multiply %8 %c0
        all steps: %10 = multiplyAdd %9 %8 %c0
        all steps: %11 = multiplyAdd %9 %10 %c0
        all steps: %12 = multiplyAdd %10 %11 %c0
        all steps: %13 = call matmul %12 %x1
        all steps: %14 = call matmul[ta] %12 %13
        """);
  }

  @Test
  void aFusedTaskWritesWhatIsReadOutsideOfIt() {
    writes(
        """
        float64
        %x0 = sequence : [2, 3]
        %c0 = invariant : [3]
        %a = add %x0 %c0 : [2, 3]
        %b = tanh %a : [2, 3]
        %c = mul %b %x0 : [2, 3]
        %d = exp %c : [2, 3]
        %e = softmax %b : [2, 3]
        output 0 %c
        output 1 %d
        output 2 %e
        """,
        """
        all steps: %3 %4 %5 = pointwise %x0 %c0
        all steps: %6 = call softmax %3
        """);
  }

  @Test
  void rowsAreGatheredSummedAndJoinedByTasksOfTheirOwnWhereTheyFit() {
    writes(
        """
        float64
        %x0 = sequence : int32 [2]
        %x1 = sequence : int32 [1, 2]
        %x2 = sequence : [2, 3]
        %x3 = sequence : [2, 2, 3]
        %c0 = invariant : [5, 3]
        %a = gather %c0 %x0 : [2, 3]
        %b = gather %c0 %x1 : [1, 2, 3]
        %c = gather %x2 %x0 : [2, 3]
        %d = sum[to=[2, 1]] %x2 : [2, 1]
        %e = sum[to=[1, 3]] %x2 : [1, 3]
        %f = sum[to=[2, 1, 3]] %x3 : [2, 1, 3]
        %g = concat[axis=1] %a %d : [2, 4]
        %h = pad[axis=1, from=1, size=4] %c : [2, 4]
        output 0 %b
        output 1 %e
        output 2 %f
        output 3 %g
        output 4 %h
        """,
        """
        all steps: %5 = gather %c0 %x0
        all steps: %6 = call gather %c0 %x1
        all steps: %7 = call gather %x2 %x0
        all steps: %8 = rowSum %x2
        all steps: %9 = call sum[to=[1, 3]] %x2
        all steps: %10 = call sum[to=[2, 1, 3]] %x3
        all steps: %11 = concat %5 %8
        all steps: %12 = concat %7
        """);
  }

  @Test
  void aStateIsMultipliedStepByStep() {
    double[] y =
        output(
            """
            float64
            %x0 = sequence : [1, 1]
            %s0 = carried : [1, 1]
            %c0 = invariant : [1, 1]
            %3 = matMulAdd %x0 %s0 %c0 : [1, 1]
            output 0 %3
            next 0 %3
            """,
            Map.of(
                new Role.Sequence(0), tensor(1, 2, 1, 1),
                new Role.Carried(0), tensor(10, 1, 1),
                new Role.Invariant(0), tensor(3, 1, 1)));
    assertThat(y).containsExactly(31, 95);
  }

  @Test
  void viewsAreReadWhereTheyAre() {
    double[] y =
        output(
            """
            float64
            %x0 = sequence : [2, 3]
            %1 = slice[axis=1, from=1, to=3] %x0 : [2, 2]
            %2 = permute[axes=[1, 0]] %1 : [2, 2]
            %3 = reshape[to=[4]] %1 : [4]
            %4 = slice[axis=0, from=0, to=2] %3 : [2]
            %5 = expand[to=[2, 2]] %4 : [2, 2]
            %6 = add %2 %5 : [2, 2]
            output 0 %6
            """,
            Map.of(new Role.Sequence(0), tensor(0, 2, 2, 3)));
    assertThat(y).containsExactly(1 + 1, 4 + 2, 2 + 1, 5 + 2, 7 + 7, 10 + 8, 8 + 7, 11 + 8);
  }

  @Test
  void aFusedTaskReturnsWhatOthersRead() {
    double[] y =
        output(
            """
            float64
            %x0 = sequence : [1, 2]
            %1 = affine[scale=2.0, shift=0.0] %x0 : [1, 2]
            %2 = affine[scale=1.0, shift=1.0] %1 : [1, 2]
            %3 = sum[to=[1, 1]] %1 : [1, 1]
            %4 = mul %2 %3 : [1, 2]
            output 0 %4
            """,
            Map.of(new Role.Sequence(0), tensor(1, 2, 1, 2)));
    assertThat(y).containsExactly(3 * 6, 5 * 6, 7 * 14, 9 * 14);
  }

  @Test
  void rowsAreGatheredByTheIdsOfEachStep() {
    double[] y =
        output(
            """
            float64
            %x0 = sequence : int32 [2]
            %c0 = invariant : [3, 2]
            %2 = gather %c0 %x0 : [2, 2]
            output 0 %2
            """,
            Map.of(
                new Role.Sequence(0), Tensor.of(Shape.of(2, 2), 2, 0, 1, 1),
                new Role.Invariant(0), tensor(0, 3, 2)));
    assertThat(y).containsExactly(4, 5, 0, 1, 2, 3, 2, 3);
  }

  @Test
  void idsThatAreNoSequenceOfRowsAreReadByACall() {
    double[] y =
        output(
            """
            float64
            %x0 = sequence : int32 [1, 2]
            %c0 = invariant : [3, 1]
            %2 = gather %c0 %x0 : [1, 2, 1]
            output 0 %2
            """,
            Map.of(
                new Role.Sequence(0), Tensor.of(Shape.of(2, 1, 2), 2, 0, 1, 1),
                new Role.Invariant(0), tensor(0, 3, 1)));
    assertThat(y).containsExactly(2, 0, 1, 1);
  }

  @Test
  void partsAreJoinedAndPaddedAndRowsSummed() {
    double[] y =
        output(
            """
            float64
            %x0 = sequence : [1, 2]
            %1 = pad[axis=1, from=1, size=3] %x0 : [1, 3]
            %2 = tanh %x0 : [1, 2]
            %3 = sum[to=[1, 1]] %x0 : [1, 1]
            %4 = concat[axis=1] %1 %3 : [1, 4]
            output 0 %4
            """,
            Map.of(new Role.Sequence(0), tensor(1, 2, 1, 2)));
    assertThat(y).containsExactly(0, 1, 2, 3, 0, 3, 4, 7);
  }

  @Test
  void literalsAndLoopInvariantsAreInputs() {
    Lowered l =
        lower(
            Steps.of(
                PlaceResults.of(
                    Graphs.parse(
                        """
                        float64
                        %x0 = sequence : [2, 3]
                        %c0 = invariant : [4, 3]
                        %d0 = once permute[axes=[1, 0]] %c0 : [3, 4]
                        %k0 = literal 0.5 : [1]
                        %4 = matmul %x0 %d0 : [2, 4]
                        %5 = mul %4 %k0 : [2, 4]
                        output 0 %5
                        """))));
    assertThat(l.invariants().stream().map(Object::toString)).containsExactly("%c0", "%d0", "%k0");
    assertThat(l.inputs().keys().values().stream().map(Object::toString))
        .containsExactly("%x0", "%d0", "%k0");
    assertThat(l.type()).isEqualTo(DType.FLOAT64);
    assertThat(l.backward()).isEmpty();
  }

  @Test
  void theBackwardStepReadsValuesOfTheForwardStep() {
    StepGraph forward =
        Graphs.parse(
            """
            float64
            %x0 = sequence : [2]'
            %1 = affine[scale=1.0, shift=1.0] %x0 : [2]'
            %2 = mul %1 %1 : [2]'
            output 0 %2
            save %1
            """);
    StepGraph backward =
        Graphs.parse(
            """
            float64
            %f1 = saved %1 : [2]
            %dy0 = gradient of output 0 : [2]
            %2 = mul %dy0 %f1 : [2]
            output 0 %2
            """);
    Lowered l = lower(new Steps(forward, Optional.of(backward)));
    Map<Role, Tensor> arguments =
        Map.of(
            new Role.Sequence(0), tensor(1, 2, 2),
            new Role.OutputSeed(0), tensor(10, 2, 2));
    try (LoopRun run = LoopRun.of(l.loop(), 2, true, true)) {
      l.inputs().bind(run, 0, arguments::get);
      run.forward();
      l.inputs().bind(run, 1, arguments::get);
      run.backward();
      assertThat(run.output(l.backward().orElseThrow().outputs().get(0)).toDoubles())
          .containsExactly(10 * 2, 11 * 3, 12 * 4, 13 * 5);
    }
  }

  @Test
  void aGradientIsSparseIfAllItsTermsAreScattered() {
    StepGraph forward =
        Graphs.parse(
            """
            float64
            %c0 = invariant : [3, 2]'
            %c1 = invariant : [3, 2]'
            %c2 = invariant : [3, 2]'
            %c3 = invariant : [3, 2]'
            """);
    StepGraph backward =
        Graphs.parse(
            """
            float64
            %x0 = sequence : int32 [2]
            %x1 = sequence : int32 [2]
            %c4 = invariant : int32 [2]
            %dy0 = gradient of output 0 : [2, 2]
            %dy1 = gradient of output 1 : [3, 2]
            %5 = scatterAdd[size=3] %dy0 %c4 : [3, 2]
            accumulate %c0 scatter %dy0 %x0
            accumulate %c0 scatter %dy0 %x1
            accumulate %c1 scatter %dy0 %x0
            accumulate %c1 each %dy1
            accumulate %c2 each %5
            accumulate %c3 outer %dy0 %dy0
            """);
    Role x0 = new Role.Sequence(0);
    Role x1 = new Role.Sequence(1);
    assertThat(lower(new Steps(forward, Optional.of(backward))).backward().orElseThrow().gathered())
        .isEqualTo(
            Map.of(
                new Role.Invariant(0), Set.of(x0, x1),
                new Role.Invariant(2), Set.of(new Role.Invariant(4))));
  }

  @Test
  void gradientsAreAccumulatedOverAllSteps() {
    Steps steps =
        new Steps(
            Graphs.parse(
                """
                float64
                %x0 = sequence : [2, 2]
                %x1 = sequence : int32 [2]
                %c0 = invariant : [2, 2]'
                %c1 = invariant : [3, 2]'
                %4 = matmul %x0 %c0 : [2, 2]'
                output 0 %4
                """),
            Optional.of(
                Graphs.parse(
                    """
                    float64
                    %x0 = sequence : [2, 2]
                    %x1 = sequence : int32 [2]
                    %dy0 = gradient of output 0 : [2, 2]
                    accumulate %c0 outer %x0 %dy0
                    accumulate %c0 rows %dy0
                    accumulate %c0 each %dy0
                    accumulate %c1 scatter %dy0 %x1
                    """)));
    Lowered l = lower(steps);
    Map<Role, Tensor> arguments =
        Map.of(
            new Role.Sequence(0), tensor(1, 1, 2, 2),
            new Role.Sequence(1), Tensor.of(Shape.of(1, 2), 2, 0),
            new Role.Invariant(0), tensor(0, 2, 2),
            new Role.OutputSeed(0), tensor(10, 1, 2, 2));
    try (LoopRun run = LoopRun.of(l.loop(), 1, true, true)) {
      l.inputs().bind(run, 0, arguments::get);
      run.forward();
      l.inputs().bind(run, 1, arguments::get);
      run.backward();
      List<double[]> sums = new ArrayList<>();
      l.backward().orElseThrow().sums().values().stream()
          .flatMap(List::stream)
          .forEach(v -> sums.add(run.accumulated(v).toDoubles()));
      assertThat(sums)
          .containsExactly(
              new double[] {10 + 36, 11 + 39, 20 + 48, 22 + 52},
              new double[] {22, 24},
              new double[] {10, 11, 12, 13},
              new double[] {12, 13, 0, 0, 10, 11});
    }
  }
}
