package dev.unroll.autograd.randomcell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random cells give the same numbers as planned, eagerly, in a session and in a loop by hand. Each
 * day draws other cells; {@code -Dunroll.cells.seed=S} draws those of a run again, and {@code
 * -Dunroll.cells=N} another number of them.
 */
class RandomCellsTest {
  @Test
  void allWaysAgree() {
    check(2_000);
  }

  @Test
  @Tag("slow")
  void allWaysAgreeOnManyMore() {
    check(200_000);
  }

  /** The same for all runs of a day, so that a run can be repeated; others on other days. */
  private static long today() {
    return 1_000_000 * LocalDate.now(ZoneOffset.UTC).toEpochDay();
  }

  private static void check(int usual) {
    int cells = Integer.getInteger("unroll.cells", usual);
    long seed = Long.getLong("unroll.cells.seed", today());
    System.out.println("random cells: -Dunroll.cells.seed=" + seed);
    RandomCells random = new RandomCells();
    assertThat(random.firstFailure(seed, cells)).isEmpty();
    assertThat(random.ways.share("planned")).as("of all cells").isGreaterThan(0.9);
    assertThat(random.ways.share("ill-conditioned")).as("of all cells").isLessThan(0.03);
    assertThat(random.ways.share("not finite")).as("of all cells").isLessThan(0.03);
    assertThat(random.ways.reasons()).as("why cells are not planned").isEmpty();
  }
}
