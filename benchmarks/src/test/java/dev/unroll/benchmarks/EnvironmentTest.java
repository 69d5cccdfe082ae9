package dev.unroll.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "MKL_DEBUG_CPU_TYPE", "MKL_ENABLE_INSTRUCTIONS",
        "ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA", "KMP_AFFINITY",
        "OMP_PROC_BIND", "GOTO_NUM_THREADS", "LD_PRELOAD", "JAVA_TOOL_OPTIONS"
      })
  void noVariableChoosesTheKernelsOfALibrary(String name) {
    Map<String, String> variables = new TreeMap<>(Map.of(name, "x", "PATH", "/bin", "HOME", "/h"));
    Environment.free(variables, 2);
    assertThat(variables).doesNotContainKey(name).containsKeys("PATH", "HOME");
  }

  @Test
  void everyLibraryHasTheSameNumberOfThreads() {
    Map<String, String> variables = new TreeMap<>(Map.of("OMP_NUM_THREADS", "7"));
    Environment.free(variables, 2);
    assertThat(variables)
        .containsEntry("OMP_NUM_THREADS", "2")
        .containsEntry("MKL_NUM_THREADS", "2")
        .containsEntry("OPENBLAS_NUM_THREADS", "2");
  }
}
