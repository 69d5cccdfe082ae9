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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page about deployment lists each system property, and shows code that runs. */
class DeployTest {
  private static final Path PAGE = Modules.ROOT.resolve("docs/deploy.md");
  private static final Path CONSUMERS = Modules.ROOT.resolve("checks/src/it");

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

  /** Returns what a page shows in one language. */
  private static Stream<String> blocks(String language) throws IOException {
    return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
        .matcher(Files.readString(PAGE))
        .results()
        .map(m -> m.group(1));
  }

  @ParameterizedTest
  @CsvSource({"java, .java", "xml, pom.xml", "kotlin, .kt"})
  void otherBlocksArePartsOfProgramsThatConsumersRun(String language, String ending)
      throws IOException {
    StringBuilder programs = new StringBuilder();
    try (Stream<Path> files = Files.find(CONSUMERS, 20, (p, _) -> p.toString().endsWith(ending))) {
      for (Path file : files.sorted().toList()) {
        programs.append(stripped(versions(Files.readString(file))));
      }
    }
    assertThat(blocks(language).filter(code -> !code.contains("void main(")))
        .isNotEmpty()
        .allSatisfy(code -> assertThat(programs).contains(stripped(code)));
  }

  @Test
  void theNewProjectHasTheFirstProgramOfTheReadme() throws IOException {
    Path waves = CONSUMERS.resolve("new-project/src/main/java/Waves.java");
    assertThat(Snippet.of(Modules.ROOT.resolve("README.md")).getFirst().code())
        .isEqualTo(Files.readString(waves));
  }

  /** Returns a descriptor as it is after Maven has filtered it. */
  private static String versions(String pom) {
    return pom.replace("@project.version@", "0.1.0-SNAPSHOT").replace("@slf4j.version@", "2.0.20");
  }

  private static String stripped(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n", "\n", "\n"));
  }
}
