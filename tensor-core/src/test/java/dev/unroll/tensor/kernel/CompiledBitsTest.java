package dev.unroll.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.simd.SimdKernelProvider;
import dev.unroll.testing.JavaProcess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The interpreter and the compilers in processes of their own, where nothing is warm yet. */
class CompiledBitsTest {

  private static String bits(String calls, String... flags) throws Exception {
    List<String> options = new ArrayList<>(List.of(flags));
    options.add("-XX:MaxVectorSize=" + new SimdKernelProvider().vectorBits() / 8);
    String said = JavaProcess.of(Bits.class, options.toArray(String[]::new)).output(calls);
    assertThat(said).contains("SOFTPLUS", "product", "sums");
    return said;
  }

  @Test
  void firstCallAndCompiledCallsGiveTheSameBits() throws Exception {
    assertThat(bits("20000")).isEqualTo(bits("1", "-Xint"));
  }
}
