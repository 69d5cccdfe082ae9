package dev.unroll.autograd.randomcell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.Tensor;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Random cells that are large enough to be shared give the same bits on any number of threads. */
class ThreadsOfCellsTest {
  private static final int CELLS = 8;

  private static String bits(long seed, int threads) throws Exception {
    Path tests = place(ThreadsOfCellsTest.class);
    String path =
        Stream.of(Scan.class, Tensor.class, Logger.class)
            .map(ThreadsOfCellsTest::place)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Ddev.unroll.threads=" + threads);
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-cp"));
    command.add(tests + File.pathSeparator + path);
    command.addAll(List.of(CellBits.class.getName(), Long.toString(seed), Integer.toString(CELLS)));
    Process p = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(p.waitFor()).as(said).isZero();
    assertThat(said.lines()).hasSize(2 * CELLS);
    return said;
  }

  private static Path place(Class<?> c) {
    try {
      return Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() throws Exception {
    long seed = Long.getLong("unroll.cells.seed", System.currentTimeMillis());
    System.out.println("large random cells: -Dunroll.cells.seed=" + seed);
    String one = bits(seed, 1);
    for (int threads : new int[] {2, 3, 8}) {
      assertThat(bits(seed, threads)).as(threads + " threads").isEqualTo(one);
    }
  }
}
