package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a term of a gradient is summed: what no other way fits is computed at each step. */
final class AccumulatorTest {
  private static final String INPUTS =
      """
      %x0 = sequence : int32 [2]
      %x1 = sequence : int32 [1, 2]
      %x2 = sequence : [2, 3]
      %x3 = sequence : [2, 1]
      %x4 = sequence : [4, 2, 3]
      %x5 = sequence : [1, 2, 3]
      %c0 = invariant : int32 [2]
      """;

  @ParameterizedTest
  @CsvSource({
    "'matmul[ta] %x2 %x3 : [3, 1]', outer %x2 %x3",
    "'matmul[tb] %x3 %x3 : [2, 2]', each",
    "'matmul[ta] %x4 %x4 : [4, 3, 3]', each",
    "'sum[to=[3]] %x2 : [3]', rows %x2",
    "'sum[to=[1, 3]] %x2 : [1, 3]', rows %x2",
    "'sum[to=[1]] %x2 : [1]', each",
    "'sum[to=[2, 1]] %x2 : [2, 1]', each",
    "'sum[to=[1]] %x3 : [1]', rows %x3",
    "'sum[to=[]] %x3 : []', each",
    "'sum[to=[3]] %x4 : [3]', each",
    "'scatterAdd[size=7] %x2 %x0 : [7, 3]', scatter %x2 %x0",
    "'scatterAdd[size=7] %x5 %x1 : [7, 3]', each",
    "'scatterAdd[size=7] %x2 %c0 : [7, 3]', each",
    "'tanh %x2 : [2, 3]', each"
  })
  void termsAreSummedByWhatComputesThem(String term, String sum) {
    StepGraph g = Graphs.parse(INPUTS, "%t = " + term + "\n");
    Result found = Accumulator.of(new Role.Invariant(9), g.nodes().getLast());
    String each = sum.equals("each") ? "each %" + g.nodes().getLast().id() : sum;
    assertThat(g.plus(List.of(found)).toString()).endsWith("\naccumulate %c9 " + each + "\n");
  }
}
