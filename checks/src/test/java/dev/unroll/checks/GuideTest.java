package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the guide shows is code that works, in both languages the same; its links lead somewhere.
 */
class GuideTest {
  private static final Path ENGLISH = Modules.ROOT.resolve("docs/guide");
  private static final Path MODULES = Modules.ROOT.resolve("docs/modules");
  private static final Path KOREAN = Modules.ROOT.resolve("docs/guide.ko");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @TempDir private static Path folder;

  private static List<Path> pages(Path guide) {
    try (Stream<Path> pages = Files.list(guide)) {
      return pages.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> code(Path page) throws IOException {
    return Snippet.of(page).stream().map(Snippet::code).toList();
  }

  @TestFactory
  Stream<DynamicTest> everyProgramRuns() throws Exception {
    List<Path> pages = pages(ENGLISH);
    assertThat(pages).hasSizeGreaterThan(12);
    return Stream.concat(pages.stream(), pages(MODULES).stream())
        .map(p -> DynamicTest.dynamicTest("" + p.getFileName(), () -> run(p)));
  }

  private static void run(Path page) throws Exception {
    List<Snippet> programs = Snippet.of(page);
    assertThat(programs).hasSize(page.endsWith("README.md") ? 0 : 1).allMatch(Snippet::isProgram);
    for (Snippet program : programs) {
      program.run(folder);
    }
  }

  @TestFactory
  Stream<DynamicTest> programsOfTheReferenceCompile() throws Exception {
    List<Snippet> programs = new ArrayList<>();
    for (Path page : pages(Modules.ROOT.resolve("docs"))) {
      if (Files.isRegularFile(page)) {
        Snippet.of(page).stream().filter(Snippet::isProgram).forEach(programs::add);
      }
    }
    assertThat(programs).hasSizeGreaterThan(1);
    return programs.stream()
        .map(p -> DynamicTest.dynamicTest(p.toString(), () -> p.compile(folder)));
  }

  @TestFactory
  Stream<DynamicTest> theKoreanPagesShowTheSameCode() throws Exception {
    return pages(ENGLISH).stream()
        .map(p ->
            DynamicTest.dynamicTest(
                "" + p.getFileName(),
                () -> assertThat(code(KOREAN.resolve(p.getFileName()))).isEqualTo(code(p))));
  }

  @TestFactory
  Stream<DynamicTest> linksLeadSomewhere() throws Exception {
    return Stream.of(ENGLISH, KOREAN, MODULES)
        .flatMap(guide -> pages(guide).stream())
        .map(p ->
            DynamicTest.dynamicTest(
                Modules.ROOT.relativize(p).toString(),
                () -> {
                  for (Matcher m = LINK.matcher(Files.readString(p)); m.find(); ) {
                    assertThat(p.resolveSibling(m.group(1))).exists();
                  }
                }));
  }
}
