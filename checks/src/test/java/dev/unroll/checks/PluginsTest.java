package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.cells.Cells;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers of a child class loader are found: plug-ins, developer tools, servers. */
class PluginsTest {
  private static final String SERVICE = "dev.unroll.layers.recurrent.cells.CellProvider";
  private static final String SOURCE =
      """
      package plugin;

      import dev.unroll.layers.recurrent.cells.*;
      import dev.unroll.layers.recurrent.cells.*;
      import java.util.*;
      import java.util.concurrent.Callable;

      public class Plugin implements CellProvider, Callable<List<String>> {
        public Map<String, CellFactory> byName() {
          return Map.of("plugged", RnnCell::of);
        }

        public List<String> call() {
          return Cells.names();
        }
      }
      """;

  @TempDir private static Path folder;
  private static URLClassLoader child;

  @BeforeAll
  static void compile() throws IOException {
    Path source = folder.resolve("Plugin.java");
    Files.writeString(source, SOURCE);
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    // The built-in provider once more, which the parent has too.
    Files.writeString(
        services.resolve(SERVICE),
        "plugin.Plugin\ndev.unroll.layers.recurrent.builtin.BuiltInCells\n");
    String classPath = System.getProperty("java.class.path");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                folder.toString(),
                source.toString());
    assertThat(status).isZero();
    child =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, PluginsTest.class.getClassLoader());
  }

  @AfterAll
  static void close() throws IOException {
    child.close();
  }

  private static <T> T within(ClassLoader context, Callable<T> call) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(context);
    try {
      return call.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void theContextClassLoaderIsSearched() throws Exception {
    assertThat(within(child, Cells::names)).contains("lstm", "plugged");
    Cell<?> cell = within(child, () -> Cells.named("plugged", 2, 3, Init.seed(1)));
    assertThat(cell.outputSize()).isEqualTo(3);
  }

  @Test
  void theClassLoaderOfTheCallerIsSearched() throws Exception {
    Object plugin = child.loadClass("plugin.Plugin").getConstructor().newInstance();
    @SuppressWarnings("unchecked")
    Callable<List<String>> names = (Callable<List<String>>) plugin;
    assertThat(within(null, names)).contains("lstm", "plugged");
  }

  @Test
  void othersDoNotSeeIt() throws Exception {
    for (ClassLoader context :
        new ClassLoader[] {
          null, PluginsTest.class.getClassLoader(), new URLClassLoader(new URL[0], null)
        }) {
      assertThat(within(context, Cells::names)).contains("lstm").doesNotContain("plugged");
    }
    assertThatThrownBy(() -> Cells.named("plugged", 2, 3, Init.seed(1)))
        .hasMessageStartingWith("no cell named \"plugged\"; found: ");
  }
}
