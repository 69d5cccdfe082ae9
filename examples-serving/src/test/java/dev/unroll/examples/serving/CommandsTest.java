package dev.unroll.examples.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands, for seconds. */
class CommandsTest {
  private static int run(String... arguments) {
    return new CommandLine(new Main()).execute(arguments);
  }

  @Test
  void serves4ClientsAndTrainsMeanwhile() {
    assertThat(run("soak", "--seconds=9", "--every=3", "--updates=5", "--pause=5")).isZero();
  }

  @Test
  @Tag("slow")
  void comparesWithOnnxRuntime() {
    assertThat(run("compare", "--rounds=1", "--seconds=1", "--warm=1")).isZero();
  }
}
