package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where sums of products are merged, split and looked up; and where they must not be. */
final class MergeProductsTest {
  private static final MergeProducts RULE = new MergeProducts();

  @Test
  void theRowComesFirstAndThenWhatIsKnownFirst() {
    Rules.rewrites(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]
        %s0 = carried : [2, 4]
        %c0 = invariant : [4, 4]'
        %c1 = invariant : [3, 4]'
        %c2 = invariant : [4]'
        %h = matmul %s0 %c0 : [2, 4]'
        %x = matmul %x0 %c1 : [2, 4]'
        %sum = add %h %x : [2, 4]'
        %all = add %sum %c2 : [2, 4]'
        %t = tanh %all : [2, 4]'
        next 0 %t
        """,
        """
        float64
        %x0 = sequence : [2, 3]
        %s0 = carried : [2, 4]
        %c0 = invariant : [4, 4]'
        %c1 = invariant : [3, 4]'
        %c2 = invariant : [4]'
        %5 = matMulAdd %c2 %x0 %c1 : [2, 4]'
        %6 = matMulAdd %5 %s0 %c0 : [2, 4]'
        %7 = tanh %6 : [2, 4]'
        next 0 %7
        """);
  }

  @Test
  void sumsOfTheSameLeftOperandsBecomeSlicesOfOne() {
    Rules.rewrites(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]
        %c0 = invariant : [3, 4]'
        %c1 = invariant : [3, 5]'
        %c2 = invariant : [4]'
        %c3 = invariant : [1, 5]'
        %a = matmul %x0 %c0 : [2, 4]'
        %b = add %a %c2 : [2, 4]'
        %c = matmul %x0 %c1 : [2, 5]'
        %d = add %c %c3 : [2, 5]'
        output 0 %b
        output 1 %d
        """,
        """
        float64
        %x0 = sequence : [2, 3]
        %c0 = invariant : [3, 4]'
        %c1 = invariant : [3, 5]'
        %c2 = invariant : [4]'
        %c3 = invariant : [1, 5]'
        %5 = reshape[to=[5]] %c3 : [5]'
        %6 = concat[axis=0] %c2 %5 : [9]'
        %7 = concat[axis=1] %c0 %c1 : [3, 9]'
        %8 = matMulAdd %6 %x0 %7 : [2, 9]'
        %9 = slice[axis=1, from=0, to=4] %8 : [2, 4]'
        %10 = slice[axis=1, from=4, to=9] %8 : [2, 5]'
        output 0 %9
        output 1 %10
        """);
  }

  @Test
  void whereOneSumHasNoRowTheOthersAddTheirsAfterwards() {
    Rules.rewrites(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]
        %c0 = invariant : [3, 4]
        %c1 = invariant : [3, 4]
        %c2 = invariant : [4]
        %a = matmul %x0 %c0 : [2, 4]
        %b = add %a %c2 : [2, 4]
        %c = matmul %x0 %c1 : [2, 4]
        output 0 %b
        output 1 %c
        """,
        """
        float64
        %x0 = sequence : [2, 3]
        %c0 = invariant : [3, 4]
        %c1 = invariant : [3, 4]
        %c2 = invariant : [4]
        %4 = concat[axis=1] %c0 %c1 : [3, 8]
        %5 = matmul %x0 %4 : [2, 8]
        %6 = slice[axis=1, from=0, to=4] %5 : [2, 4]
        %7 = slice[axis=1, from=4, to=8] %5 : [2, 4]
        %8 = add %6 %c2 : [2, 4]
        output 0 %8
        output 1 %7
        """);
  }

  @Test
  void aProductWithAConcatenationIsTheSumOfTheProductsWithItsParts() {
    Rules.rewrites(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]
        %s0 = carried : [2, 4]
        %c0 = invariant : [4, 7]'
        %xh = concat[axis=1] %s0 %x0 : [2, 7]
        %4 = matmul[tb] %xh %c0 : [2, 4]'
        next 0 %4
        """,
        """
        float64
        %x0 = sequence : [2, 3]
        %s0 = carried : [2, 4]
        %c0 = invariant : [4, 7]'
        %3 = permute[axes=[1, 0]] %c0 : [7, 4]'
        %4 = slice[axis=0, from=4, to=7] %3 : [3, 4]'
        %5 = matmul %x0 %4 : [2, 4]'
        %6 = slice[axis=0, from=0, to=4] %3 : [4, 4]'
        %7 = matMulAdd %5 %s0 %6 : [2, 4]'
        next 0 %7
        """);
  }

  @Test
  void aLeftOperandThatIsMultipliedTwiceIsMultipliedWithTheSum() {
    Rules.rewrites(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]
        %c0 = invariant : [3, 4]
        %c1 = invariant : [3, 4]
        %a = matmul %x0 %c0 : [2, 4]
        %b = matmul %x0 %c1 : [2, 4]
        %5 = add %a %b : [2, 4]
        output 0 %5
        """,
        """
        float64
        %x0 = sequence : [2, 3]
        %c0 = invariant : [3, 4]
        %c1 = invariant : [3, 4]
        %3 = add %c0 %c1 : [3, 4]
        %4 = matmul %x0 %3 : [2, 4]
        output 0 %4
        """);
  }

  private static final String GATHERED =
      """
      float64
      %x0 = sequence : int32 [2]
      %c0 = invariant : [8, 3]'
      %c1 = invariant : [3, 4]'
      %c2 = invariant : [4]'
      %4 = gather %c0 %x0 : [2, 3]'
      %5 = matmul %4 %c1 : [2, 4]'
      %6 = add %5 %c2 : [2, 4]'
      output 0 %6
      """;

  @Test
  void aTableIsMultipliedWhereItIsShorterThanWhatIsRead() {
    Rules.rewrites(
        RULE,
        8,
        GATHERED,
        """
        float64
        %x0 = sequence : int32 [2]
        %c0 = invariant : [8, 3]'
        %c1 = invariant : [3, 4]'
        %c2 = invariant : [4]'
        %4 = projectTable %c0 %c1 %c2 : [8, 4]'
        %5 = gather %4 %x0 : [2, 4]'
        output 0 %5
        """);
  }

  @Test
  void aLongerTableIsNot() {
    StepGraph g = RULE.apply(Graphs.parse(GATHERED), new Setting(7, Set.of()));
    assertThat(g.toString()).contains("matMulAdd %c2 %4 %c1 : [2, 4]'");
  }

  @Test
  void aSumThatOthersReadIsNoPartOfASum() {
    Rules.rewrites(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]
        %c0 = invariant : [3, 4]
        %c1 = invariant : [4]
        %3 = matmul %x0 %c0 : [2, 4]
        %4 = add %3 %c1 : [2, 4]
        output 0 %3
        output 1 %4
        """,
        """
        float64
        %x0 = sequence : [2, 3]
        %c0 = invariant : [3, 4]
        %c1 = invariant : [4]
        %3 = matmul %x0 %c0 : [2, 4]
        %4 = add %3 %c1 : [2, 4]
        output 0 %3
        output 1 %4
        """);
  }

  @Test
  void aDetachedSumIsNoPartOfASumThatIsNot() {
    Rules.keeps(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]'
        %c0 = invariant : [3, 4]'
        %c1 = invariant : [3, 4]'
        %3 = matmul %x0 %c0 : [2, 4]
        %4 = matmul %x0 %c1 : [2, 4]'
        %5 = add %4 %3 : [2, 4]'
        output 0 %5
        """);
  }

  @Test
  void productsOfOneDetachedSumAreMergedWithoutAGradient() {
    Rules.rewrites(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]'
        %c0 = invariant : [3, 4]'
        %c1 = invariant : [4]'
        %3 = matmul %x0 %c0 : [2, 4]
        %4 = add %3 %c1 : [2, 4]
        output 0 %4
        """,
        """
        float64
        %x0 = sequence : [2, 3]'
        %c0 = invariant : [3, 4]'
        %c1 = invariant : [4]'
        %3 = matMulAdd %c1 %x0 %c0 : [2, 4]
        output 0 %3
        """);
  }

  @Test
  void productsOfTwoValuesOfAStepStay() {
    Rules.keeps(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]
        %s0 = carried : [3, 3]
        %2 = matmul %x0 %s0 : [2, 3]
        %3 = matmul[ta] %x0 %2 : [3, 3]
        next 0 %3
        """);
    Rules.keeps(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]
        %x1 = sequence : [3, 4]
        %c0 = invariant : [4]
        %3 = matmul %x0 %x1 : [2, 4]
        %4 = add %3 %c0 : [2, 4]
        output 0 %4
        """);
  }

  @Test
  void productsOfBatchesStay() {
    Rules.keeps(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [5, 2, 3]
        %c0 = invariant : [3, 4]
        %c1 = invariant : [4]
        %3 = matmul %x0 %c0 : [5, 2, 4]
        %4 = add %3 %c1 : [5, 2, 4]
        output 0 %4
        """);
  }

  @Test
  void aSumWithoutAProductIsOneTerm() {
    Rules.keeps(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]
        %x1 = sequence : [2, 4]
        %x2 = sequence : [2, 4]
        %c0 = invariant : [3, 4]
        %4 = matmul %x0 %c0 : [2, 4]
        %5 = add %x1 %x2 : [2, 4]
        %6 = add %4 %5 : [2, 4]
        output 0 %6
        """);
  }

  @Test
  void aLoopInvariantThatIsNoRowIsAddedAfterwards() {
    for (String other : List.of("[2, 1]", "[]")) {
      Rules.keeps(
          RULE,
          4,
          """
          float64
          %x0 = sequence : [2, 3]
          %c0 = invariant : [3, 1]
          %c1 = invariant : SHAPE
          %3 = matmul %x0 %c0 : [2, 1]
          %4 = add %3 %c1 : [2, 1]
          output 0 %4
          """
              .replace("SHAPE", other));
    }
  }

  @Test
  void aProductWithAnAddendIsASum() {
    Rules.rewrites(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]
        %x1 = sequence : [2, 4]
        %s0 = carried : [2, 4]
        %c0 = invariant : [4, 4]
        %c1 = invariant : [3, 4]
        %c2 = invariant : [4]
        %h = matMulAdd %x1 %s0 %c0 : [2, 4]
        %x = matMulAdd %c2 %x0 %c1 : [2, 4]
        %sum = add %h %x : [2, 4]
        next 0 %sum
        """,
        """
        float64
        %x0 = sequence : [2, 3]
        %x1 = sequence : [2, 4]
        %s0 = carried : [2, 4]
        %c0 = invariant : [4, 4]
        %c1 = invariant : [3, 4]
        %c2 = invariant : [4]
        %6 = matMulAdd %c2 %x0 %c1 : [2, 4]
        %7 = matMulAdd %6 %s0 %c0 : [2, 4]
        %8 = add %7 %x1 : [2, 4]
        next 0 %8
        """);
  }

  @Test
  void sumsWithoutAProductStay() {
    Rules.keeps(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [2, 3]
        %s0 = carried : [2, 3]
        %c0 = invariant : [3]
        %3 = add %x0 %c0 : [2, 3]
        %4 = add %3 %s0 : [2, 3]
        next 0 %4
        """);
  }

  @Test
  void aSumThatBroadcastsAProductKeepsIt() {
    Rules.keeps(
        RULE,
        4,
        """
        float64
        %x0 = sequence : [1, 3]
        %x1 = sequence : [2, 4]
        %c0 = invariant : [3, 4]
        %3 = matmul %x0 %c0 : [1, 4]
        %4 = add %3 %x1 : [2, 4]
        output 0 %4
        """);
  }
}
