package dev.unroll.examples.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTest {
  @TempDir Path folder;

  @Test
  void eachNameIsALineOfItsOwn() throws IOException {
    Path file = folder.resolve("made/c.svg");
    Chart chart = new Chart("step", "norm").logarithmic();
    for (int step = 1; step <= 4; step++) {
      chart.point("a < b & 'c'", step, Math.pow(10, -step));
      chart.point("other", step, 1);
    }
    chart.write(file);
    assertThat(Files.readString(file))
        .contains("<svg", ">step<", ">a &lt; b &amp; &apos;c&apos;<")
        .contains("rgb(31,119,180)", "rgb(214,39,40)") // the first and the second colour
        .doesNotContain("rgb(44,160,44)"); // the third
  }
}
