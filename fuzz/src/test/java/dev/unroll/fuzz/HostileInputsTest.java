package dev.unroll.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    Process p =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path")
                    + File.pathSeparator
                    + System.getProperty("surefire.test.class.path", ""),
                HostileInputs.class.getName(),
                Integer.toString(inputs),
                "25")
            .redirectErrorStream(true)
            .start();
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    System.out.println(said);
    assertThat(p.waitFor()).as(said).isZero();
    Matcher slowest = SLOWEST.matcher(said);
    assertThat(slowest.find()).as(said).isTrue();
    assertThat(Long.parseLong(slowest.group(1))).as(said).isLessThan(2000);
  }
}
