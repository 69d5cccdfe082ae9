package dev.unroll.tensor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.loop.Buffer.Kind;
import dev.unroll.tensor.loop.Buffer.Lifetime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperandTest {
  private static final int[] BUFFER = {4, 6};
  private static final Layout WHOLE = Layout.of(BUFFER);

  private static Operand of(Layout l, int... buffer) {
    return Operands.of(new Location(0, TimeSlot.THIS, l.offset()), l, buffer);
  }

  @Test
  void allOfABufferIsDense() {
    assertThat(of(WHOLE, BUFFER)).isInstanceOf(DenseRows.class);
    Layout cube = Layout.of(4, 3, 2);
    assertThat(of(cube, 4, 3, 2))
        .isInstanceOfSatisfying(
            DenseRows.class,
            p -> {
              assertThat(p.rows()).isEqualTo(4);
              assertThat(p.columns()).isEqualTo(6);
            });
    assertThat(of(Layout.of(6), 6)).isInstanceOf(DenseRows.class);
    assertThat(of(Layout.of(), new int[0])).isInstanceOf(DenseRows.class);
  }

  @Test
  void someColumnsAreRowsWithAStride() {
    assertThat(of(WHOLE.slice(1, 2, 3), BUFFER))
        .isInstanceOfSatisfying(
            StridedRows.class,
            p -> {
              assertThat(p.rowStride()).isEqualTo(6);
              assertThat(p.columns()).isEqualTo(3);
            });
    assertThat(of(WHOLE.slice(1, 2, 1), BUFFER)).isInstanceOf(StridedRows.class);
  }

  @Test
  void whatStaysInItsRowIsSpread() {
    assertThat(of(WHOLE.slice(1, 2, 1).expand(4, 5), BUFFER)).isInstanceOf(Spread.class);
    assertThat(of(Layout.of(4, 3, 2).permute(0, 2, 1), 4, 3, 2)).isInstanceOf(Spread.class);
    assertThat(of(Layout.of(4, 3, 2).slice(2, 0, 1), 4, 3, 2)).isInstanceOf(Spread.class);
  }

  @Test
  void whatReadsOtherRowsIsStrided() {
    assertThat(of(WHOLE.slice(0, 1, 3), BUFFER)).isInstanceOf(Strided.class);
    assertThat(of(WHOLE.permute(1, 0), BUFFER)).isInstanceOf(Strided.class);
    assertThat(of(Layout.of(4, 4).permute(1, 0), 4, 4)).isInstanceOf(Strided.class);
    assertThat(of(Layout.of(6).expand(4, 6), 6)).isInstanceOf(Strided.class);
    assertThat(of(Layout.of(24), BUFFER)).isInstanceOf(Strided.class);
    assertThat(of(Layout.of(6, 4), BUFFER)).isInstanceOf(Strided.class);
  }

  @Test
  void oneRowMayBeAnywhereInItsBuffer() {
    Layout row = Layout.of(1, 6);
    assertThat(of(row.slice(1, 3, 2), 1, 6)).isInstanceOf(DenseRows.class);
    assertThat(of(row.reshape(6), 1, 6)).isInstanceOf(DenseRows.class);
    assertThat(of(row.permute(1, 0), 1, 6)).isInstanceOf(Strided.class);
  }

  @Test
  void whatIsEmptyIsDense() {
    assertThat(of(Layout.of(0, 3), 0, 3)).isInstanceOf(DenseRows.class);
    assertThat(of(Layout.of(2, 0), 2, 0))
        .isInstanceOfSatisfying(DenseRows.class, p -> assertThat(p.rows()).isEqualTo(2));
  }

  private static @Nullable AllSteps allSteps(Lifetime lifetime, Layout l, int... dims) {
    Buffer b = new Buffer(Kind.COMPUTED, lifetime, 1, 0, dims);
    return AllSteps.of(of(l, dims), b);
  }

  @Test
  void rowsOfAllStepsAreOneMatrixWhereTheyAreEquallyFarApart() {
    assertThat(allSteps(Lifetime.ALL, WHOLE, BUFFER))
        .isEqualTo(new AllSteps(new Location(0, TimeSlot.THIS, 0), 4, 6, 6, 1));
    assertThat(allSteps(Lifetime.BLOCK, WHOLE.slice(1, 2, 3), BUFFER))
        .isEqualTo(new AllSteps(new Location(0, TimeSlot.THIS, 2), 4, 6, 3, 1));
    assertThat(allSteps(Lifetime.ALL, WHOLE.slice(0, 0, 2), BUFFER)).isNull();
    assertThat(allSteps(Lifetime.ALL, WHOLE.permute(1, 0), BUFFER)).isNull();
  }

  @Test
  void ofOneRowInEachStepTheDistanceBetweenStepsCounts() {
    assertThat(allSteps(Lifetime.ALL, Layout.of(6, 1).permute(1, 0), 6, 1))
        .isEqualTo(new AllSteps(new Location(0, TimeSlot.THIS, 0), 1, 6, 6, 1));
    assertThat(allSteps(Lifetime.ALL, WHOLE.slice(0, 2, 1), BUFFER))
        .isEqualTo(new AllSteps(new Location(0, TimeSlot.THIS, 12), 1, 24, 6, 1));
  }

  @Test
  void aConstantRowIsReadAtAllStepsAndAValueOfOneStepAtNone() {
    assertThat(allSteps(Lifetime.ONCE, Layout.of(6).expand(4, 6), 6))
        .isEqualTo(new AllSteps(new Location(0, TimeSlot.THIS, 0), 4, 0, 6, 1));
    assertThat(allSteps(Lifetime.ONCE, WHOLE, BUFFER)).isNull();
    assertThat(allSteps(Lifetime.STEP, Layout.of(1, 6), 1, 6)).isNull();
  }
}
