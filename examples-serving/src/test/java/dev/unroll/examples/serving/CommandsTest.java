package dev.unroll.examples.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
  void aServerWithoutAModelIsAnErrorOfUsage() {
    CommandLine line = new CommandLine(new Main());
    StringWriter errors = new StringWriter();
    line.setErr(new PrintWriter(errors));
    assertThat(line.execute("serve")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).startsWith("expected one of --model");
  }

  @Test
  @Tag("slow")
  void comparesWithOnnxRuntime() {
    assertThat(run("compare", "--rounds=1", "--seconds=1", "--warm=1")).isZero();
  }
}
