package dev.unroll.autograd.randomcell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random cells give the same numbers as planned, eagerly, in a session and in a loop by hand. The
 * seed and the number of cells are those of a {@link Property}.
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

  private static void check(int usual) {
    long seed = Property.firstSeed();
    int cells = Property.cases(usual);
    RandomCells random = new RandomCells();
    assertThat(random.firstFailure(seed, cells)).isEmpty();
    assertThat(random.ways.share("planned")).as("of all cells").isGreaterThan(0.9);
    assertThat(random.ways.share("ill-conditioned")).as("of all cells").isLessThan(0.03);
    assertThat(random.ways.share("not finite")).as("of all cells").isLessThan(0.03);
    assertThat(random.ways.reasons()).as("why cells are not planned").isEmpty();
  }
}
