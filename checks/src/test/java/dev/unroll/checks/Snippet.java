package dev.unroll.checks;

import static java.util.stream.Collectors.joining;

import dev.unroll.testing.Printed;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A block of Java on a Markdown page.
 *
 * @param page its file
 * @param line where the code begins, from 1
 */
record Snippet(Path page, int line, String code) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

  /** Returns the blocks of a page, from top to bottom. */
  static List<Snippet> of(Path page) throws IOException {
    String text = Files.readString(page);
    List<Snippet> all = new ArrayList<>();
    for (Matcher m = BLOCK.matcher(text); m.find(); ) {
      long before = text.substring(0, m.start(1)).lines().count();
      all.add(new Snippet(page, (int) before + 1, m.group(1)));
    }
    return all;
  }

  /** Returns whether it can be run. */
  boolean isProgram() {
    return code.contains("void main(");
  }

  /**
   * Compiles the block alone, against the class path of this test.
   *
   * @param folder an existing one, for the classes of all blocks
   * @return the classes it declares
   */
  List<Class<?>> compile(Path folder) throws Exception {
    Path classes = Files.createTempDirectory(folder, "line" + line + "-");
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", "" + classes);
    if (!javac.getTask(null, null, found, options, null, List.of(new Source(code))).call()) {
      throw new AssertionError(
          found.getDiagnostics().stream().map(this::text).collect(joining("\n")));
    }
    ClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
    List<Class<?>> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.sorted().toList()) {
        all.add(loader.loadClass(file.getFileName().toString().replaceFirst("\\.class$", "")));
      }
    }
    return all;
  }

  /** Runs it as the java launcher would: main may be an instance method, and without arguments. */
  void run(Path folder, String... arguments) throws Exception {
    for (Class<?> c : compile(folder)) {
      for (Method main : c.getDeclaredMethods()) {
        if (main.getName().equals("main")) {
          main.setAccessible(true);
          Object receiver = Modifier.isStatic(main.getModifiers()) ? null : instance(c);
          Object[] given = main.getParameterCount() == 0 ? new Object[0] : new Object[] {arguments};
          Printed.toOutput(() -> invoke(main, receiver, given));
        }
      }
    }
  }

  private void invoke(Method main, @Nullable Object receiver, Object... arguments)
      throws IllegalAccessException {
    try {
      main.invoke(receiver, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(this + ": " + e.getCause(), e.getCause());
    }
  }

  private static Object instance(Class<?> c) throws Exception {
    Constructor<?> constructor = c.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private String text(Diagnostic<?> d) {
    return page.getFileName() + ":" + (line - 1 + d.getLineNumber()) + ": " + d.getMessage(null);
  }

  @Override
  public String toString() {
    return page.getFileName() + ":" + line;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(String code) {
      super(URI.create("string:///Snippet.java"), Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }

    /** A block has no file name that a public class would have to bear. */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return true;
    }
  }
}
