package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Examples in Javadoc are regions of tests: they compile, and most of them run. */
class JavadocTest {
  /** Modules whose types show how they are used. */
  private static final Set<String> SHOWN = Set.of("layers", "models", "optim", "training", "text");

  private static final Pattern TAG = Pattern.compile("\\{@snippet\\b[^}]*\\}");
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\{@snippet\\s+(?:\\*\\s+)?class=\"([^\"]+)\"\\s+region=\"([^\"]+)\"\\s*\\}");
  private static final Pattern REGION =
      Pattern.compile("(?s)// @start region=\"([^\"]+)\"\n(.*?)// @end\n");

  @Test
  void publicTypesHaveASnippet() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Class<?> type : types()) {
      if (!isExcused(type) && !TAG.matcher(Files.readString(source(type))).find()) {
        missing.add(type.getName());
      }
    }
    assertThat(missing).as("types without a snippet in their Javadoc").isEmpty();
  }

  @Test
  void snippetsShowTheirType() throws IOException {
    Map<String, String> regions = regions();
    Set<String> used = new TreeSet<>();
    List<String> faults = new ArrayList<>();
    for (Path p : files("src/main/java")) {
      String text = Files.readString(p);
      String type = p.getFileName().toString().replace(".java", "");
      for (Matcher tag = TAG.matcher(text); tag.find(); ) {
        Matcher m = REFERENCE.matcher(tag.group());
        String key = m.matches() ? m.group(1) + "#" + m.group(2) : "";
        String code = regions.get(key);
        used.add(key);
        if (code == null) {
          faults.add(type + ": no such region: " + tag.group());
        } else if (m.group(2).equals(type) && !code.contains(type)) {
          faults.add(type + ": does not occur in " + key);
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(used).as("regions").containsExactlyInAnyOrderElementsOf(regions.keySet());
  }

  /** An example that no compiler reads is not an example. */
  @Test
  void noOtherExamples() throws IOException {
    List<String> others = new ArrayList<>();
    for (Path p : files("src/main/java")) {
      if (Files.readString(p).contains("<pre>{@code")) {
        others.add(p.getFileName().toString());
      }
    }
    assertThat(others).as("examples that are not snippets").isEmpty();
  }

  private static List<Class<?>> types() throws IOException {
    List<Class<?>> types = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/types.txt"))) {
      String[] words = line.split(" ", -1);
      if (SHOWN.contains(words[0]) && !words[1].contains("$")) {
        try {
          types.add(Class.forName(words[1]));
        } catch (ClassNotFoundException e) {
          throw new IllegalStateException("types.txt: " + line, e);
        }
      }
    }
    return types;
  }

  /**
   * Enums and exceptions are shown where they occur, and so are records that only carry values:
   * those with no method of their own and no supertype of ours.
   */
  private static boolean isExcused(Class<?> type) {
    return type.isEnum() || Throwable.class.isAssignableFrom(type) || isPlainRecord(type);
  }

  private static boolean isPlainRecord(Class<?> type) {
    if (!type.isRecord() || type.getInterfaces().length > 0) {
      return false;
    }
    Set<String> own =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    own.addAll(Set.of("equals", "hashCode", "toString"));
    return Arrays.stream(type.getDeclaredMethods())
        .filter(m -> Modifier.isPublic(m.getModifiers()))
        .map(Method::getName)
        .allMatch(own::contains);
  }

  private static Path source(Class<?> type) {
    String file = "src/main/java/" + type.getName().replace('.', '/') + ".java";
    return SHOWN.stream()
        .map(m -> Modules.ROOT.resolve(m).resolve(file))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no source of " + type));
  }

  /** Returns the code of all regions, by {@code class#region}. */
  private static Map<String, String> regions() throws IOException {
    Map<String, String> regions = new HashMap<>();
    for (Path p : files("src/test/java/snippets")) {
      String name = "snippets." + p.getFileName().toString().replace(".java", "");
      for (Matcher m = REGION.matcher(Files.readString(p)); m.find(); ) {
        assertThat(regions.put(name + "#" + m.group(1), m.group(2)))
            .as("second region %s in %s", m.group(1), p)
            .isNull();
      }
    }
    return regions;
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> modules = Files.list(Modules.ROOT)) {
      return modules
          .map(m -> m.resolve(folder))
          .filter(Files::isDirectory)
          .flatMap(JavadocTest::sources)
          .toList();
    }
  }

  private static Stream<Path> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(p -> p.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
