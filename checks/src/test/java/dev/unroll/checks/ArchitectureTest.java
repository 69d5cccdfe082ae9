package dev.unroll.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The laws of the design that no compiler knows. */
class ArchitectureTest {
  /** The modules, and those below them that each may see. */
  private static final Map<String, Set<String>> BELOW =
      Map.ofEntries(
          Map.entry("tensor", Set.of()),
          Map.entry("files", Set.of()),
          Map.entry("autograd", Set.of("tensor")),
          Map.entry("data", Set.of("files", "tensor")),
          Map.entry("interop", Set.of("files", "tensor")),
          Map.entry("layers", Set.of("autograd", "tensor")),
          Map.entry("optim", Set.of("autograd", "tensor")),
          Map.entry("text", Set.of("data", "files", "tensor")),
          Map.entry("text.nori", Set.of("text", "data", "files", "tensor")),
          Map.entry(
              "models", Set.of("layers", "text", "data", "interop", "autograd", "files", "tensor")),
          Map.entry(
              "training",
              Set.of("layers", "optim", "data", "interop", "autograd", "files", "tensor")));

  /** What a library module needs beside our own modules, slf4j and JSpecify. */
  private static final Map<String, Set<String>> NEEDED =
      Map.of(
          "tensor", Set.of("jdk.incubator.vector"),
          "interop", Set.of("tools.jackson.databind"),
          "data", Set.of("de.siegmar.fastcsv"),
          "models", Set.of("tools.jackson.databind"),
          "text", Set.of("com.carrotsearch.hppc", "de.siegmar.fastcsv", "tools.jackson.databind"),
          "text.nori", Set.of("org.apache.lucene.analysis.nori", "org.apache.lucene.core"));

  @Test
  void everyLibraryModuleHasItsPlace() {
    assertThat(Modules.libraries().keySet()).isEqualTo(BELOW.keySet());
  }

  @Test
  void arrowsPointDownwardsOnly() {
    BELOW.forEach((module, below) -> {
      String[] visible =
          Stream.concat(Stream.of(module), below.stream())
              .map(m -> "dev.unroll." + m + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("dev.unroll." + module + "..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.unroll..").and(resideOutsideOfPackages(visible)))
          .check(Modules.CLASSES);
    });
  }

  @Test
  void libraryModulesDependOnLittle() {
    Modules.libraries()
        .forEach((name, d) -> {
          Set<String> required =
              Modules.sorted(d.requires().stream().map(ModuleDescriptor.Requires::name));
          required.removeIf(r -> r.startsWith("dev.unroll."));
          required.removeAll(Set.of("java.base", "org.slf4j", "org.jspecify"));
          assertThat(required)
              .as("required by " + name)
              .isEqualTo(NEEDED.getOrDefault(name, Set.of()));
        });
  }

  @Test
  void theIncubatorIsUsedInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.unroll.tensor.simd")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator..")
        .check(Modules.CLASSES);
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().beFinal().check(Modules.CLASSES);
  }

  @Test
  void librariesNeitherPrintNorExit() {
    noClasses().should(ACCESS_STANDARD_STREAMS).check(library());
    noClasses()
        .should(callMethod(System.class, "exit", int.class))
        .orShould(callMethod(Runtime.class, "exit", int.class))
        .orShould(callMethod(Runtime.class, "halt", int.class))
        .check(library());
  }

  /** Under ar-EG {@code String.format("%d", 1)} is ١, under tr {@code "I".toLowerCase()} is ı. */
  @Test
  void textsDependOnNoDefaultLocale() {
    noClasses()
        .should(callMethod(String.class, "format", String.class, Object[].class))
        .orShould(callMethod(String.class, "formatted", Object[].class))
        .orShould(callMethod(String.class, "toLowerCase"))
        .orShould(callMethod(String.class, "toUpperCase"))
        .check(library());
  }

  /** The planner treats a cell of yours as it treats ours: it cannot know which is which. */
  @Test
  void thePlannerNamesNoCellAndNoParameter() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String name : Cells.names()) {
      names.add(name);
      Cell<?> cell = Cells.named(name, 1, 1, new Init(DType.FLOAT32, RandomKey.of(0)));
      names.addAll(cell.parameters().keySet());
      names.add(cell.getClass().getSimpleName());
    }
    assertThat(names).contains("lstm", "gru", "rnn", "weightRecurrent", "LstmCell");
    String loop = "tensor-core/src/main/java/dev/unroll/tensor/loop";
    for (String dir : List.of("autograd/src/main", loop)) {
      try (Stream<Path> files = Files.walk(Modules.ROOT.resolve(dir))) {
        for (Path f : files.filter(p -> p.toString().endsWith(".java")).toList()) {
          String code = Files.readString(f).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
          for (String name : names) {
            assertThat(code).as("%s", f).doesNotContainPattern("(?i)\\b" + name + "\\b");
          }
        }
      }
    }
  }

  @Test
  void publicTypesAreClosedOrInterfaces() {
    DescribedPredicate<JavaClass> closed =
        DescribedPredicate.describe("final, sealed or interfaces", c -> isClosed(c.reflect()));
    classes()
        .that()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .and()
        .resideOutsideOfPackage("dev.unroll.testing") // Bases of tests are extended.
        .should(be(closed))
        .check(Modules.CLASSES);
  }

  /** Records and enums are final, or sealed by their constants. */
  private static boolean isClosed(Class<?> c) {
    return c.isInterface() || c.isSealed() || Modifier.isFinal(c.getModifiers());
  }

  private static JavaClasses library() {
    return Modules.CLASSES.that(
        DescribedPredicate.describe(
            "are of a library", c -> BELOW.containsKey(c.getPackageName().split("\\.")[2])));
  }
}
