package dev.unroll.autograd.randomcell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.JavaProcess;
import dev.unroll.testing.Property;
import org.junit.jupiter.api.Test;

/** Random cells that are large enough to be shared give the same bits on any number of threads. */
class ThreadsOfCellsTest {
  private static final int CELLS = 8;

  private static String bits(long seed, int threads) throws Exception {
    String said =
        JavaProcess.of(CellBits.class, "-Ddev.unroll.threads=" + threads)
            .output(Long.toString(seed), Integer.toString(CELLS));
    assertThat(said.lines()).hasSize(2 * CELLS);
    return said;
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() throws Exception {
    long seed = Property.firstSeed();
    String one = bits(seed, 1);
    for (int threads : new int[] {2, 3, 8}) {
      assertThat(bits(seed, threads))
          .as("%s threads, -Dunroll.seed=%s", threads, seed)
          .isEqualTo(one);
    }
  }
}
