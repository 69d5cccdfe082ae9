package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that are read in one sitting: all but generated ones, which nobody reads or edits. */
class SourcesTest {
  @Test
  void mainFilesAreShort() throws IOException {
    Map<Path, Integer> lines = new TreeMap<>();
    try (Stream<Path> files = Files.find(Modules.ROOT, 20, (p, a) -> isMain(p))) {
      for (Path p : files.toList()) {
        List<String> text = Files.readAllLines(p);
        if (text.isEmpty() || !text.getFirst().startsWith("// Generated from ")) {
          lines.put(Modules.ROOT.relativize(p), text.size());
        }
      }
    }
    List<Integer> sizes = lines.values().stream().sorted().toList();
    assertThat(sizes).as("main files").isNotEmpty();
    assertThat(sizes.get(sizes.size() / 2)).as("median of lines").isLessThan(100);
    lines.values().removeIf(n -> n <= 450);
    assertThat(lines).as("files of more than 450 lines").isEmpty();
  }

  /** What lies in a package, and where to begin or in what order to read. */
  @Test
  void everyPackageHasAMap() throws IOException {
    Map<Path, String> maps = new TreeMap<>();
    try (Stream<Path> files = Files.find(Modules.ROOT, 20, (p, a) -> isMain(p))) {
      for (Path folder : files.map(Path::getParent).distinct().toList()) {
        Path map = folder.resolve("package-info.java");
        if (!folder.endsWith("java")) { // module-info.java
          maps.put(Modules.ROOT.relativize(folder), Files.exists(map) ? Files.readString(map) : "");
        }
      }
    }
    assertThat(maps).hasSizeGreaterThan(30);
    maps.values()
        .removeIf(text -> text.matches("(?s).*(Begin with|order).*") && text.length() > 120);
    assertThat(maps).as("packages without a map").isEmpty();
  }

  private static boolean isMain(Path p) {
    return Modules.ROOT.relativize(p).toString().matches("[^/]+/src/main/java/.*\\.java");
  }
}
