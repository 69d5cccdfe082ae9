package dev.unroll.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.KilledFileTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processes that are killed while they write a file. */
class KilledAtomicFileTest extends KilledFileTest {
  private static final int LINES = 10_000;

  @Override
  protected String name() {
    return "1";
  }

  /** Every line is n. */
  @Override
  protected void write(Path file, long n) throws IOException {
    AtomicFileTest.write(file, (n + "\n").repeat(LINES));
  }

  @Override
  protected long read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(LINES).containsOnly(lines.getFirst());
    return Long.parseLong(lines.getFirst());
  }
}
