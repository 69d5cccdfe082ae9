package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.testing.Printed;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a display writes, by a clock that advances 4 seconds per update. */
class ProgressDisplayTest {
  private final StringBuilder out = new StringBuilder();
  private long seconds;

  private ProgressDisplay display(ProgressStyle style) {
    return new ProgressDisplay(style, () -> seconds * 1_000_000_000, "", null);
  }

  private void steps(ProgressDisplay display, long from, long to) throws IOException {
    for (long i = from; i <= to; i++) {
      seconds += 4;
      display.onStep(new TrainingStep(i, 2.5, 1, 1000, 1));
    }
  }

  @Test
  void linesAppearEveryTenSecondsAndAtTheEnd() throws IOException {
    ProgressDisplay display = display(new ProgressStyle.Lines(out));
    display.onStart(0, 1005);
    steps(display, 1, 7);
    display.onValidation(7, Map.of("accuracy", 0.75), true);
    steps(display, 1005, 1005);
    display.onEnd(1005);
    assertThat(out.toString().lines())
        .containsExactly(
            "step 3 of 1,005, loss 2.500, 66:48 left",
            "step 6 of 1,005, loss 2.500, 66:36 left",
            "step 1,005 of 1,005, loss 2.500, accuracy 0.7500, 0:00 left");
  }

  @Test
  void theTimeLeftIsThatOfTheUpdatesOfThisRun() throws IOException {
    ProgressDisplay display = display(new ProgressStyle.Lines(out)).counting("tokens");
    display.onStart(1000, 1010);
    steps(display, 1001, 1003);
    assertThat(out.toString().lines())
        .containsExactly("step 1,003 of 1,010, loss 2.500, 250 tokens/s, 0:28 left");
  }

  @Test
  void aBarIsDrawnAgainInItsLineAndATextPrecedesIt() throws IOException {
    ProgressDisplay display =
        display(new ProgressStyle.Bar("train", out)).showing(s -> "norm " + s.norm());
    display.onStart(0, 4);
    display.print("before");
    steps(display, 1, 2);
    display.print("between");
    display.onEnd(2);
    String half = "\u001b[?7ltrain  50% [==========          ] 2/4, norm 1.0, 0:08 left\u001b[?7h";
    assertThat(out.toString().replace(System.lineSeparator(), "\n"))
        .isEqualTo(
            "before\n\r\u001b[2K\u001b[?7ltrain  25% [=====               ] 1/4, norm 1.0, 0:12 left\u001b[?7h"
                + ("\r\u001b[2K" + half)
                + ("\r\u001b[2Kbetween\n" + half)
                + "\n");
  }

  @Test
  void aLoggerIsNamed() throws IOException {
    // The simple logger reads its level when it is created; the build's default shows warnings
    // only.
    System.setProperty("org.slf4j.simpleLogger.log.my.server", "info");
    assertThat(
            Printed.toError(() -> {
              Line line = new Line(4);
              line.trainer.listen(ProgressDisplay.log("my.server").showing(s -> "n")).run(3);
            }))
        .contains("INFO", "step 3 of 3, n, 0:00 left");
  }

  @Test
  void aRunThatIsStoppedEndsTheLineOfItsBar() throws IOException {
    ProgressDisplay.bar("x", out).onEnd(3);
    assertThat(out).as("there was none").isEmpty();
  }

  @Test
  void nullIsRefusedByName() {
    assertThatThrownBy(() -> ProgressDisplay.lines(null)).hasMessage("out");
    assertThatThrownBy(() -> ProgressDisplay.bar(null, out)).hasMessage("name");
    assertThatThrownBy(() -> ProgressDisplay.bar("x", null)).hasMessage("terminal");
    assertThatThrownBy(() -> ProgressDisplay.log(null)).hasMessage("logger");
    assertThatThrownBy(() -> ProgressDisplay.lines(out).counting(null)).hasMessage("unit");
    assertThatThrownBy(() -> ProgressDisplay.lines(out).showing(null)).hasMessage("numbers");
    assertThatThrownBy(() -> ProgressDisplay.lines(out).print(null)).hasMessage("text");
  }
}
