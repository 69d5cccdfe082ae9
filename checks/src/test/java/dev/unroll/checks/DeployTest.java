package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The page about deployment lists each system property, and shows code that runs. */
class DeployTest {
  private static final Path PAGE = Modules.ROOT.resolve("docs/deploy.md");
  private static final Path SERVING =
      Modules.ROOT.resolve("checks/src/it/serving/src/main/java/consumer");

  private static final Pattern READ =
      Pattern.compile(
          "\\b(?:System\\s*\\.\\s*getProperty|Integer\\s*\\.\\s*getInteger"
              + "|Long\\s*\\.\\s*getLong|Boolean\\s*\\.\\s*getBoolean)\\s*\\(\\s*([^,)]*)");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

  @TempDir private static Path folder;

  @Test
  void thePageListsEachPropertyThatLibrariesRead() throws IOException {
    Set<String> listed = new TreeSet<>();
    ROW.matcher(Files.readString(PAGE)).results().forEach(m -> listed.add('"' + m.group(1) + '"'));
    assertThat(read().keySet()).as("properties read: %s", read()).isEqualTo(listed);
  }

  /** Returns the arguments of calls that read a property, as written, with the files. */
  private static Map<String, Path> read() throws IOException {
    Map<String, Path> all = new TreeMap<>();
    try (Stream<Path> files = Files.find(Modules.ROOT, 20, (p, a) -> isLibrary(p))) {
      for (Path file : files.toList()) {
        for (Matcher m = READ.matcher(Files.readString(file)); m.find(); ) {
          all.put(m.group(1).strip(), Modules.ROOT.relativize(file));
        }
      }
    }
    return all;
  }

  private static boolean isLibrary(Path p) {
    String path = Modules.ROOT.relativize(p).toString().replace('\\', '/');
    return path.matches("[^/]+/src/main/java/.*\\.java")
        && !Modules.NO_LIBRARIES.contains(path.substring(0, path.indexOf('/')));
  }

  @TestFactory
  Stream<DynamicTest> programsRun() throws IOException {
    return Snippet.of(PAGE).stream()
        .filter(Snippet::isProgram)
        .map(s -> DynamicTest.dynamicTest(s.toString(), () -> s.run(folder)));
  }

  @Test
  void otherBlocksArePartsOfTheProgramThatServes() throws IOException {
    StringBuilder program = new StringBuilder();
    try (Stream<Path> files = Files.list(SERVING)) {
      for (Path file : files.sorted().toList()) {
        program.append(stripped(Files.readString(file)));
      }
    }
    assertThat(Snippet.of(PAGE).stream().filter(s -> !s.isProgram()))
        .isNotEmpty()
        .allSatisfy(s -> assertThat(program).contains(stripped(s.code())));
  }

  private static String stripped(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n", "\n", "\n"));
  }
}
