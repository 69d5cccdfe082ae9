package dev.unroll.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLinksTest {
  @TempDir private Path folder;

  @Test
  void deadOnesAreListed() throws Exception {
    Files.createDirectories(folder.resolve("javadoc"));
    Files.writeString(folder.resolve("javadoc/index.html"), "<a href=\"gone.html\">");
    Files.writeString(folder.resolve("b.html"), "<h2 id=\"x\">");
    Files.writeString(
        folder.resolve("a.html"),
        """
        <a href="b.html"> <a href="b.html#x"> <a href="https://example.org"> <a href="javadoc/index.html">
        <a class="k" href="c.html"> <a href="b.html#y"> <a href="#z"> <img src="d.svg">
        <script src="https://example.org/e.js"></script>
        """);
    assertThat(DeadLinks.in(folder))
        .extracting(line -> line.replaceFirst(".* got ", ""))
        .containsExactly("#z", "b.html#y", "c.html", "d.svg", "https://example.org/e.js");
  }
}
