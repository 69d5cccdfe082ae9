package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What was agreed on, as a text of this module's test resources. */
record Golden(String name) {

  /** Compares, or, with {@code -Dunroll.golden=update}, replaces what was agreed on. */
  void check(List<String> lines) throws IOException {
    Path file = Path.of("src", "test", "resources", name);
    if ("update".equals(System.getProperty("unroll.golden"))) {
      Files.write(file, lines);
    }
    assertThat(lines)
        .as("%s: if the change is meant, rerun with -Dunroll.golden=update and commit it", name)
        .containsExactlyElementsOf(Files.readAllLines(file));
  }
}
