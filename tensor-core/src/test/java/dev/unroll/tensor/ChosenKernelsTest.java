package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.unroll.tensor.kernel.Selection;
import dev.unroll.tensor.spi.KernelProvider;
import dev.unroll.testing.JavaProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The build runs the suite for several kernels: here each run makes sure that it has its own. */
class ChosenKernelsTest {
  /** Prints the kernels and the width that this machine has, whatever the parent was told. */
  public static final class Widest {
    public static void main(String... args) {
      KernelProvider p = Selection.provider();
      System.out.println(p.name() + "-" + p.vectorBits());
    }
  }

  @Test
  void theSuiteRunsOnTheKernelsAskedFor() throws Exception {
    String expected = System.getProperty("unroll.kernels.expected");
    KernelProvider chosen = Selection.provider();
    String actual = chosen.name() + "-" + chosen.vectorBits();
    if (actual.equals(expected)) {
      return;
    }
    String widest = JavaProcess.of(Widest.class).output();
    assumeThat(expected == null || bits(expected) <= bits(widest))
        .as("this machine has %s at most, the run is for %s", widest, expected)
        .isTrue();
    assertThat(actual).isEqualTo(expected == null ? widest : expected);
  }

  private static int bits(String kernels) {
    return Integer.parseInt(kernels.substring(kernels.indexOf('-') + 1));
  }

  @Test
  @Tag("once")
  void aClassPathWithoutTheVectorModuleFallsBackToScalar() throws Exception {
    assertThat(JavaProcess.withoutVectors(Widest.class).output()).isEqualTo("scalar-0");
  }
}
