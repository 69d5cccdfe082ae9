package dev.unroll.autograd.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The line of an operation is that of the user, and that of the library that applied it. */
class OriginTest {
  private static final StackTraceElement JDK = call("java.util.Optional", 1);
  private static final StackTraceElement INTERNAL = call("jdk.internal.Frame", 2);
  private static final StackTraceElement LAYER = call("dev.unroll.layers.Linear", 3);
  private static final StackTraceElement USER = call("app.Model", 4);
  private static final StackTraceElement MAIN = call("app.Main", 5);

  private static StackTraceElement call(String type, int line) {
    return new StackTraceElement(
        type, "run", type.substring(type.lastIndexOf('.') + 1) + ".java", line);
  }

  private static String line(StackTraceElement... calls) {
    return new Origin(List.of(calls)).toString();
  }

  @Test
  void theLastCallOfTheUserIsShown() {
    assertThat(line(USER, MAIN)).isEqualTo("app.Model.run(Model.java:4)");
  }

  @Test
  void callsOfTheJdkAreSkipped() {
    assertThat(line(JDK, INTERNAL, USER)).isEqualTo("app.Model.run(Model.java:4)");
    assertThat(line(JDK, INTERNAL)).isEqualTo("java.util.Optional.run(Optional.java:1)");
  }

  @Test
  void aCallOfALibraryIsShownWithThatOfTheUser() {
    assertThat(line(JDK, LAYER, INTERNAL, USER, MAIN))
        .isEqualTo(
            "dev.unroll.layers.Linear.run(Linear.java:3), called from"
                + " app.Model.run(Model.java:4)");
    assertThat(line(LAYER, JDK)).isEqualTo("dev.unroll.layers.Linear.run(Linear.java:3)");
  }

  @Test
  void anEmptyStackHasNoLine() {
    assertThat(line()).isEqualTo("an unknown line");
  }

  @Test
  void callsWithinAutogradAreNone() {
    List<StackTraceElement> calls = Origin.here().calls();
    assertThat(calls)
        .isNotEmpty()
        .noneMatch(e -> e.getClassName().startsWith("dev.unroll.autograd."));
    assertThat(calls).anyMatch(e -> e.getClassName().startsWith("org.junit."));
  }
}
