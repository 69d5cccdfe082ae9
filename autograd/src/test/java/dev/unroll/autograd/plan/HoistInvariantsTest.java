package dev.unroll.autograd.plan;

import org.junit.jupiter.api.Test;

final class HoistInvariantsTest {
  @Test
  void operationsOnLoopInvariantsAreComputedBeforeTheLoop() {
    Rules.rewrites(
        new HoistInvariants(),
        4,
        """
        float64
        %x0 = sequence : [2, 3]
        %c0 = invariant : [4, 3]'
        %u1 = unchanged state : [4, 3]
        %sum = add %c0 %u1 : [4, 3]'
        %turned = permute[axes=[1, 0]] %sum : [3, 4]'
        %5 = matmul %x0 %turned : [2, 4]'
        output 0 %5
        """,
        """
        float64
        %x0 = sequence : [2, 3]
        %c0 = invariant : [4, 3]'
        %u1 = unchanged state : [4, 3]
        %d0 = once add %c0 %u1 : [4, 3]'
        %d1 = once permute[axes=[1, 0]] %d0 : [3, 4]'
        %5 = matmul %x0 %d1 : [2, 4]'
        output 0 %5
        """);
  }

  @Test
  void noGradientFlowsThroughWhatIsDetached() {
    Rules.rewrites(
        new HoistInvariants(),
        4,
        """
        float64
        %c0 = invariant : [3]'
        %1 = identity[number=0] %c0 : [3]
        output 0 %1
        """,
        """
        float64
        %c0 = invariant : [3]'
        %d0 = once identity[number=0] %c0 : [3]
        output 0 %d0
        """);
  }

  @Test
  void whatReadsASequenceTheStateOrTheTimeStays() {
    Rules.keeps(
        new HoistInvariants(),
        4,
        """
        float64
        %x0 = sequence : [3]
        %s0 = carried : [3]
        %c0 = invariant : [3]'
        %3 = mul %x0 %c0 : [3]'
        %4 = mul %s0 %c0 : [3]'
        output 0 %3
        next 0 %4
        """);
  }
}
