package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.CellContract;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is code that works. */
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

  @TestFactory
  Stream<DynamicTest> everyProgramRuns() throws Exception {
    return snippets().stream()
        .filter(Snippet::isProgram)
        .map(s -> DynamicTest.dynamicTest(s.toString(), () -> run(s, trained().toString())));
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

  /** Runs as the java launcher would: main may be an instance method, and without arguments. */
  private static void run(Snippet s, String... arguments) throws Exception {
    for (Class<?> c : s.compile(folder)) {
      for (Method main : c.getDeclaredMethods()) {
        if (main.getName().equals("main")) {
          main.setAccessible(true);
          Object receiver = Modifier.isStatic(main.getModifiers()) ? null : instance(c);
          Object[] given = main.getParameterCount() == 0 ? new Object[0] : new Object[] {arguments};
          try {
            main.invoke(receiver, given);
          } catch (InvocationTargetException e) {
            throw new AssertionError(s + ": " + e.getCause(), e.getCause());
          }
        }
      }
    }
  }

  private static Object instance(Class<?> c) throws Exception {
    Constructor<?> constructor = c.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
