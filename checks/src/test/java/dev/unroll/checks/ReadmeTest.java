package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.check.CellContract;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The code of the README and of the pages of docs works. */
class ReadmeTest {
  private static final Path README = Modules.ROOT.resolve("README.md");

  @TempDir private static Path folder;

  private static List<Snippet> snippets() throws Exception {
    return Snippet.of(README);
  }

  @TestFactory
  Stream<DynamicTest> everyBlockCompiles() throws Exception {
    return snippets().stream()
        .map(s -> DynamicTest.dynamicTest(s.toString(), () -> s.compile(folder)));
  }

  /** Returns the README and the pages. */
  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Modules.ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(README), docs.filter(p -> p.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyProgramRuns() throws Exception {
    List<Snippet> programs = new ArrayList<>();
    for (Path page : pages()) {
      programs.addAll(Snippet.of(page));
    }
    return programs.stream()
        .filter(Snippet::isProgram)
        .filter(s -> s.code().contains("void main()") || s.code().contains("runs/first"))
        .map(s -> DynamicTest.dynamicTest(s.toString(), () -> s.run(folder, trained().toString())));
  }

  /** Returns a run folder, as {@code ./unroll train} leaves one. */
  private static Path trained() throws Exception {
    Path run = folder.resolve("run");
    if (Files.exists(run)) {
      return run;
    }
    Path log = folder.resolve("train.log");
    List<String> train = new ArrayList<>();
    train.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    train.addAll(List.of("-cp", System.getProperty("java.class.path")));
    train.addAll(List.of("dev.unroll.examples.Main", "train", "--steps", "2", "--hidden", "8"));
    train.addAll(List.of("--text", README.toString(), "--out", run.toString()));
    int status =
        new ProcessBuilder(train)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    assertThat(status).as(() -> "train: " + contentOf(log.toFile())).isZero();
    return run;
  }

  @Test
  void theCellHoldsTheContract() throws Exception {
    int cells = 0;
    for (Snippet s : snippets()) {
      for (Class<?> c : s.compile(folder)) {
        if (Cell.class.isAssignableFrom(c)) {
          Method of = c.getDeclaredMethod("of", int.class, int.class, Init.class);
          of.setAccessible(true);
          assertThat(CellContract.violations(init -> cell(of, init))).as(s.toString()).isEmpty();
          cells++;
        }
      }
    }
    assertThat(cells).as("cells in the README").isEqualTo(1);
  }

  private static Cell<?> cell(Method of, Init init) {
    try {
      return (Cell<?>) of.invoke(null, 3, 4, init);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
