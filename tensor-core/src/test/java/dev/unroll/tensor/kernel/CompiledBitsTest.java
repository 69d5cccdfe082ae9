package dev.unroll.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.simd.SimdKernelProvider;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The interpreter and the compilers in processes of their own, where nothing is warm yet. */
class CompiledBitsTest {

  private static String bits(String calls, String... flags) throws Exception {
    Path classes = Path.of(Team.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(
        List.of(
            "-XX:MaxVectorSize=" + new SimdKernelProvider().vectorBits() / 8,
            "--add-modules=jdk.incubator.vector",
            "-cp",
            classes + File.pathSeparator + classes.resolveSibling("test-classes"),
            Bits.class.getName(),
            calls));
    Process p = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(p.waitFor()).as(said).isZero();
    assertThat(said).contains("SOFTPLUS", "product", "sums");
    return said;
  }

  @Test
  void firstCallAndCompiledCallsGiveTheSameBits() throws Exception {
    assertThat(bits("20000")).isEqualTo(bits("1", "-Xint"));
  }
}
