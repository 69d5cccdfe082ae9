package dev.unroll.checks;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every snippet of the pages compiles in {@code ./unroll shell} without a change. */
class ShellTest {
  private static final Path STARTUP = Modules.ROOT.resolve("examples/src/main/shell/unroll.jsh");
  private static final Path README = Modules.ROOT.resolve("README.md");

  private static List<String> imports() throws IOException {
    return Files.readAllLines(STARTUP).stream().filter(l -> l.startsWith("import ")).toList();
  }

  /** Returns a shell that has begun as that of the launcher does: the JDK's imports, then ours. */
  private static JShell shell() throws IOException {
    JShell shell = JShell.builder().executionEngine("local").build();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      shell.addToClasspath(entry);
    }
    evaluate(shell, "import module java.base;");
    for (String line : imports()) {
      evaluate(shell, line);
    }
    return shell;
  }

  /** Evaluates code and returns the value of its last statement. */
  private static String evaluate(JShell shell, String code) {
    SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
    String value = "";
    for (String rest = code; !rest.isBlank(); ) {
      SourceCodeAnalysis.CompletionInfo part = analysis.analyzeCompletion(rest);
      assertThat(part.completeness().isComplete()).as(rest).isTrue();
      for (SnippetEvent e : shell.eval(part.source())) {
        String errors =
            shell.diagnostics(e.snippet()).map(d -> d.getMessage(null)).collect(joining("\n"));
        assertThat(errors).as(e.snippet().source()).isEmpty();
        assertThat(e.exception()).isNull();
        value = e.value() == null ? value : e.value();
      }
      rest = part.remaining();
    }
    assertThat(shell.snippets().flatMap(s -> unresolved(shell, s))).isEmpty();
    return value;
  }

  private static Stream<String> unresolved(JShell shell, jdk.jshell.Snippet s) {
    return s instanceof DeclarationSnippet d ? shell.unresolvedDependencies(d) : Stream.empty();
  }

  /** But for text.nori, whose dictionaries nobody should pay for who does not ask for them. */
  @Test
  void everyPackageIsImported() throws IOException {
    Map<String, ModuleDescriptor> modules = Modules.libraries();
    assertThat(modules.remove("text.nori")).isNotNull();
    Set<String> expected = new TreeSet<>();
    for (ModuleDescriptor d : modules.values()) {
      d.exports().stream()
          .filter(e -> !e.isQualified() && !e.source().endsWith(".spi"))
          .forEach(e -> expected.add("import " + e.source() + ".*;"));
    }
    assertThat(imports()).containsExactlyElementsOf(expected);
  }

  @TestFactory
  Stream<DynamicTest> everySnippetCompiles() throws IOException {
    Set<Path> pages = new TreeSet<>(Set.of(README));
    for (String folder : List.of("docs", "docs/guide", "docs/modules")) {
      try (Stream<Path> files = Files.list(Modules.ROOT.resolve(folder))) {
        pages.addAll(
            files.filter(f -> f.toString().endsWith(".md")).collect(toCollection(TreeSet::new)));
      }
    }
    return pages.stream()
        .filter(page -> !snippets(page).isEmpty())
        .map(page ->
            DynamicTest.dynamicTest(
                Modules.ROOT.relativize(page).toString(), () -> compiles(page)));
  }

  private static List<Snippet> snippets(Path page) {
    try {
      return Snippet.of(page).stream().filter(s -> s.isProgram() || page.equals(README)).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void compiles(Path page) throws IOException {
    try (JShell shell = shell()) {
      for (Snippet s : snippets(page)) {
        evaluate(shell, s.code());
      }
    }
  }

  /** A cell of the README may have the name of a built-in one: the shell takes the reader's. */
  @Test
  void theContractChecksTheCellOfTheReadme() throws IOException {
    String cell =
        snippets(README).stream()
            .map(Snippet::code)
            .filter(c -> c.contains("implements Cell<"))
            .findFirst()
            .orElseThrow();
    String name = cell.replaceFirst("(?s).*?record (\\w+).*", "$1");
    try (JShell shell = shell()) {
      evaluate(shell, cell);
      evaluate(shell, name + " own = " + name + ".of(3, 4, Init.seed(1));");
      assertThat(evaluate(shell, "own.getClass().getName()")).doesNotContain("dev.unroll");
      assertThat(evaluate(shell, "CellContract.violations(init -> " + name + ".of(3, 4, init))"))
          .isEqualTo("[]");
    }
  }
}
