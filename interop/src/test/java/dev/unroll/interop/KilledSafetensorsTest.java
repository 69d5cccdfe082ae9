package dev.unroll.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.KilledFileTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Processes that are killed while they write tensors. */
class KilledSafetensorsTest extends KilledFileTest {
  private static final int TENSORS = 20;
  private static final Shape SHAPE = Shape.of(50, 40);

  @Override
  protected String name() {
    return "weights.safetensors";
  }

  /** Every number is n, and the metadata has it too. */
  @Override
  protected void write(Path file, long n) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < TENSORS; i++) {
      tensors.put("w" + i, Tensor.full(DType.FLOAT64, SHAPE, n));
    }
    new Safetensors(tensors, Map.of("number", String.valueOf(n))).write(file);
  }

  @Override
  protected long read(Path file) throws IOException {
    Safetensors read = Safetensors.read(file);
    long n = Long.parseLong(read.metadata().get("number"));
    assertThat(read.tensors()).hasSize(TENSORS);
    read.tensors().forEach((name, t) -> assertThat(t.toDoubles()).as(name).containsOnly(n));
    return n;
  }
}
