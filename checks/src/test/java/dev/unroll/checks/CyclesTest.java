package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Arrows between files and packages point one way. Variables, their operations and the nodes of the
 * graph are one layer whose files refer to each other; elsewhere no more than three files do. The
 * {@code permits} clause of a sealed type is no arrow.
 */
class CyclesTest {
  private static final String AUTOGRAD = "dev.unroll.autograd";

  /** The one layer of packages that refer to each other. */
  private static final Set<String> GRAPH = Set.of(AUTOGRAD, AUTOGRAD + ".graph", AUTOGRAD + ".op");

  /** A file for each top-level class. */
  private static final Map<String, Set<String>> FILES = files();

  private static Map<String, Set<String>> files() {
    Map<String, Set<String>> files = new TreeMap<>();
    for (JavaClass c : Modules.CLASSES) {
      for (Dependency d : c.getDirectDependenciesFromSelf()) {
        String from = file(c);
        String to = file(d.getTargetClass().getBaseComponentType());
        if (to.startsWith("dev.unroll.") && !to.equals(from)) {
          files.computeIfAbsent(from, f -> new TreeSet<>()).add(to);
        }
      }
    }
    return files;
  }

  private static String file(JavaClass c) {
    return c.getName().replaceAll("\\$.*", "");
  }

  private static String packageOf(String file) {
    return file.substring(0, file.lastIndexOf('.'));
  }

  private static Map<String, Set<String>> packages() {
    Map<String, Set<String>> packages = new TreeMap<>();
    FILES.forEach((from, all) -> {
      for (String to : all) {
        if (!packageOf(from).equals(packageOf(to))) {
          packages.computeIfAbsent(packageOf(from), p -> new TreeSet<>()).add(packageOf(to));
        }
      }
    });
    return packages;
  }

  @Test
  void aCycleIsFound() {
    Map<String, Set<String>> graph =
        Map.of("a", Set.of("b", "d"), "b", Set.of("c"), "c", Set.of("a"), "d", Set.of("e"));
    assertThat(Cycles.of(graph)).containsExactly(Set.of("a", "b", "c"));
    assertThat(Cycles.of(Map.of("a", Set.of("b", "c"), "b", Set.of("c")))).isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    assertThat(packages()).hasSizeGreaterThan(20);
    assertThat(Cycles.of(packages())).containsExactly(new TreeSet<>(GRAPH));
  }

  @Test
  void atMostThreeFilesReferToEachOther() {
    assertThat(FILES).hasSizeGreaterThan(300);
    List<Set<String>> large =
        Cycles.of(FILES).stream()
            .filter(c -> c.size() > 3 && !c.stream().allMatch(f -> GRAPH.contains(packageOf(f))))
            .toList();
    assertThat(large).isEmpty();
  }

  @Test
  void plannerAndScanLieAboveTheGraph() {
    Map<String, Set<String>> packages = packages();
    for (String p : GRAPH) {
      assertThat(packages.get(p)).doesNotContain(AUTOGRAD + ".plan", AUTOGRAD + ".scan");
    }
    assertThat(packages.get(AUTOGRAD + ".plan")).doesNotContain(AUTOGRAD + ".scan");
  }
}
