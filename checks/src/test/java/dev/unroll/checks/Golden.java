package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What was agreed on, as a text of this module's test resources. */
record Golden(String name) {

  /** Compares, after {@code -Dunroll.golden=update} has replaced what was agreed on. */
  void check(List<String> lines) throws IOException {
    assertThat(lines).as("nothing was found to compare with %s", name).isNotEmpty();
    Path agreed = Path.of("src", "test", "resources", name);
    Path now = Files.write(Path.of("target", name), lines);
    if ("update".equals(System.getProperty("unroll.golden"))) {
      Files.copy(now, agreed, StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(now)
        .as("%s: if the change is meant, rerun with -Dunroll.golden=update and commit it", agreed)
        .hasSameTextualContentAs(agreed);
  }
}
