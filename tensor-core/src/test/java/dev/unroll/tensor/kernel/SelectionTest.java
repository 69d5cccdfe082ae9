package dev.unroll.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.scalar.ScalarKernelProvider;
import dev.unroll.tensor.simd.SimdKernelProvider;
import dev.unroll.tensor.spi.KernelProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private final List<KernelProvider> both =
      List.of(new ScalarKernelProvider(), new SimdKernelProvider());

  @Test
  void theFastestAvailableProviderIsTaken() {
    assertThat(Selection.select(both, null).name()).isEqualTo("simd");
    assertThat(Selection.select(both, "scalar").name()).isEqualTo("scalar");
  }

  @Test
  void anUnknownNameListsWhatThereIs() {
    assertThatThrownBy(() -> Selection.select(both, "cuda"))
        .hasMessageStartingWith(
            "no kernel provider named \"cuda\" (-Ddev.unroll.kernels); found: scalar (module")
        .hasMessageContaining("simd (");
  }

  @Test
  void twoProvidersOfOneNameAreAnError() {
    List<KernelProvider> twice = List.of(new ScalarKernelProvider(), new ScalarKernelProvider());
    assertThatThrownBy(() -> Selection.select(twice, null))
        .hasMessageStartingWith("two kernel providers are named \"scalar\": ");
  }
}
