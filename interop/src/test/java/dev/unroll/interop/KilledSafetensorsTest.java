package dev.unroll.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.KilledProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they write tensors. */
class KilledSafetensorsTest {
  @TempDir Path folder;

  private static final String NAME = "weights.safetensors";
  private static final int TENSORS = 20;
  private static final Shape SHAPE = Shape.of(50, 40);

  /** Every number is n, and the metadata has it too. */
  private static void write(Path file, long n) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < TENSORS; i++) {
      tensors.put("w" + i, Tensor.full(DType.FLOAT64, n, SHAPE));
    }
    new Safetensors(tensors, Map.of("number", String.valueOf(n))).write(file);
  }

  private static long read(Path file) throws IOException {
    Safetensors read = Safetensors.read(file);
    long n = Long.parseLong(read.metadata().get("number"));
    assertThat(read.tensors()).hasSize(TENSORS);
    read.tensors().forEach((name, t) -> assertThat(t.toDoubles()).as(name).containsOnly(n));
    return n;
  }

  /** Entry point of the processes. */
  public static void main(String... args) throws Exception {
    Path file = Path.of(args[0]).resolve(NAME);
    KilledProcesses.save(args[1], n -> write(file, n));
  }

  private void kill(int kills) throws Exception {
    Path file = folder.resolve(NAME);
    KilledProcesses.killWriter(
        KilledSafetensorsTest.class, file, kills, n -> write(file, n), () -> read(file));
  }

  @Test
  void killsLoseNothing() throws Exception {
    kill(3);
    assertThat(read(folder.resolve(NAME))).isEqualTo(1);
  }

  @Test
  @Tag("slow")
  void manyKillsLoseNothing() throws Exception {
    kill(200);
    assertThat(read(folder.resolve(NAME))).isEqualTo(1);
  }
}
