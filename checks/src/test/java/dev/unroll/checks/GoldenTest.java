package dev.unroll.checks;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users see changes only on purpose. */
class GoldenTest {
  @Test
  void moduleDescriptorsAreAsAgreed() throws IOException {
    List<String> lines = new ArrayList<>();
    for (ModuleDescriptor d : Modules.descriptors().values()) {
      lines.add("module " + d.name());
      lines.addAll(
          Modules.sorted(d.exports().stream().map(e -> line("exports", e.source(), e.targets()))));
      lines.addAll(
          Modules.sorted(d.opens().stream().map(o -> line("opens", o.source(), o.targets()))));
      lines.addAll(Modules.sorted(d.provides().stream().flatMap(GoldenTest::texts)));
      lines.addAll(Modules.sorted(d.requires().stream().map(GoldenTest::text)));
      lines.addAll(Modules.sorted(d.uses().stream().map(u -> "  uses " + u)));
    }
    new Golden("modules.txt").check(lines);
  }

  /** A line for each provider. */
  private static Stream<String> texts(ModuleDescriptor.Provides p) {
    return p.providers().stream().map(c -> "  provides " + p.service() + " with " + c);
  }

  /** Without the version that was there when the module was compiled. */
  private static String text(ModuleDescriptor.Requires r) {
    StringBuilder line = new StringBuilder("  requires ");
    for (String modifier : Modules.sorted(r.modifiers().stream())) {
      line.append(modifier.toLowerCase(Locale.ROOT)).append(' ');
    }
    return line.append(r.name()).toString();
  }

  @Test
  void publicTypesAreAsAgreed() throws IOException {
    List<String> lines = new ArrayList<>();
    Modules.descriptors()
        .forEach((name, d) ->
            lines.addAll(Modules.sorted(visible(d).map(c -> name + " " + c.getName()))));
    new Golden("types.txt").check(lines);
  }

  /** Constructors, methods and fields, of records and enums without what the language adds. */
  @Test
  void publicMembersAreAsAgreed() throws IOException {
    List<String> lines = new ArrayList<>();
    Modules.descriptors()
        .forEach((name, d) ->
            lines.addAll(
                Modules.sorted(
                    visible(d)
                        .map(JavaClass::reflect)
                        .flatMap(GoldenTest::members)
                        .map(m -> name + " " + m))));
    new Golden("members.txt").check(lines);
  }

  private static Stream<String> members(Class<?> c) {
    Stream<String> methods =
        Stream.of(c.getDeclaredMethods())
            .filter(m -> isOpen(m) && !m.isBridge() && !isInherited(m))
            .map(Method::toGenericString);
    Stream<String> constructors =
        Stream.of(c.getDeclaredConstructors())
            .filter(GoldenTest::isOpen)
            .map(Constructor::toGenericString);
    Stream<String> fields =
        Stream.of(c.getDeclaredFields()).filter(GoldenTest::isOpen).map(Field::toGenericString);
    return Stream.of(methods, constructors, fields)
        .flatMap(m -> m)
        .map(m -> m.replace(c.getName() + ".", ""))
        .map(m -> c.getName() + ": " + m.replace(",", ", ").replaceAll("\\bpublic ", ""))
        .map(m -> m.replaceAll("\\b([a-z]\\w*\\.)+(?=[A-Z])", "").replaceAll(" +", " "));
  }

  private static boolean isOpen(Member m) {
    return (m.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0 && !m.isSynthetic();
  }

  /** Of all types, or of all enums. */
  private static boolean isInherited(Method m) {
    Class<?> c = m.getDeclaringClass();
    List<Class<?>> parameters = List.of(m.getParameterTypes());
    return switch (m.getName()) {
      case "equals" -> parameters.equals(List.of(Object.class));
      case "toString", "hashCode" -> parameters.isEmpty();
      case "values", "valueOf" -> c.isEnum();
      default -> false;
    };
  }

  /** Two types of one name are ambiguous where both modules are imported. */
  @Test
  void simpleNamesAreUnique() {
    Map<String, List<String>> types =
        Modules.descriptors().values().stream()
            .flatMap(GoldenTest::visible)
            .filter(c -> c.getEnclosingClass().isEmpty())
            .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())));
    types.values().removeIf(all -> all.size() == 1);
    assertThat(types).isEmpty();
  }

  /**
   * Names that java.base has too are ambiguous where both modules are imported, as in a compact
   * source file. Of packages that everybody uses, no name is taken.
   */
  @Test
  void fewSimpleNamesAreThoseOfJavaBase() throws IOException {
    Set<String> often =
        Set.of(
            "io",
            "lang",
            "math",
            "net",
            "nio.file",
            "time",
            "util",
            "util.concurrent",
            "util.function",
            "util.regex",
            "util.stream");
    Set<String> ours =
        Modules.descriptors().values().stream()
            .flatMap(GoldenTest::visible)
            .filter(c -> c.getEnclosingClass().isEmpty())
            .map(JavaClass::getSimpleName)
            .collect(toSet());
    ModuleReference base = ModuleFinder.ofSystem().find("java.base").orElseThrow();
    Set<String> exported =
        base.descriptor().exports().stream()
            .filter(e -> !e.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(toSet());
    Set<String> taken = new TreeSet<>();
    try (ModuleReader reader = base.open();
        Stream<String> files = reader.list()) {
      for (String file : files.filter(f -> f.matches("[a-z/]+/[A-Z][A-Za-z]*\\.class")).toList()) {
        String name = file.replace(".class", "").replace('/', '.');
        int dot = name.lastIndexOf('.');
        if (ours.contains(name.substring(dot + 1)) && exported.contains(name.substring(0, dot))) {
          taken.add(name);
        }
      }
    }
    assertThat(taken).noneMatch(n -> often.contains(n.replaceFirst("java\\.(.*)\\.\\w+", "$1")));
    assertThat(taken)
        .containsExactly(
            "java.lang.classfile.Instruction",
            "java.lang.reflect.Parameter",
            "java.security.Provider",
            "java.text.Normalizer");
  }

  /** Returns the public types of the packages that a module exports to all. */
  private static Stream<JavaClass> visible(ModuleDescriptor d) {
    Set<String> exported =
        d.exports().stream()
            .filter(e -> !e.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(toSet());
    return Modules.CLASSES.stream()
        .filter(c -> exported.contains(c.getPackageName()) && isVisible(c));
  }

  private static boolean isVisible(JavaClass c) {
    return c.getModifiers().contains(JavaModifier.PUBLIC)
        && c.getEnclosingClass().map(GoldenTest::isVisible).orElse(true);
  }

  /** The targets are a set, whose order changes from process to process. */
  private static String line(String verb, String source, Set<String> targets) {
    String to = targets.isEmpty() ? "" : " to " + new TreeSet<>(targets);
    return "  " + verb + " " + source + to;
  }
}
