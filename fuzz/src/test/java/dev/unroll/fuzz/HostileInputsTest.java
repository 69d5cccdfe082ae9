package dev.unroll.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.JavaProcess;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every reader, on files that were changed in their structure, in a heap of 128 MB: ordinary
 * exceptions only, and none takes 2 s.
 */
class HostileInputsTest {
  private static final Pattern SLOWEST = Pattern.compile("the slowest in (\\d+) ms");

  @Test
  void someThousandFilesAreReadOrRefused() throws Exception {
    run(4500);
  }

  @Test
  @Tag("slow")
  void aMillionFilesAreReadOrRefused() throws Exception {
    run(1_000_000);
  }

  private static void run(int inputs) throws Exception {
    String said =
        JavaProcess.of(HostileInputs.class, "-Xmx128m").output(Integer.toString(inputs), "25");
    Matcher slowest = SLOWEST.matcher(said);
    assertThat(slowest.find()).as(said).isTrue();
    assertThat(Long.parseLong(slowest.group(1))).as(said).isLessThan(2000);
  }
}
