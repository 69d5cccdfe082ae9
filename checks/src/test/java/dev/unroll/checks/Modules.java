package dev.unroll.checks;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Our modules as the class path holds them, and the folders they come from. */
final class Modules {
  /** The folder of the whole project. */
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** What of ours is no library: it may print, and nobody depends on it. */
  static final Set<String> NO_LIBRARIES =
      Set.of(
          "examples",
          "examples-serving",
          "testing",
          "checks",
          "fuzz",
          "benchmarks",
          "benchmarks/peers",
          "site");

  /** The classes of all modules, without tests. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.unroll");

  private Modules() {}

  /** Returns the descriptors, by name without {@code dev.unroll.}, sorted. */
  static Map<String, ModuleDescriptor> descriptors() {
    return roots().stream()
        .map(Modules::read)
        .filter(d -> d.name().startsWith("dev.unroll."))
        .collect(
            toMap(
                d -> d.name().substring("dev.unroll.".length()),
                d -> d,
                (a, b) -> a,
                TreeMap::new));
  }

  /** Returns the descriptors of the library modules. */
  static Map<String, ModuleDescriptor> libraries() {
    Map<String, ModuleDescriptor> all = descriptors();
    all.keySet().removeAll(NO_LIBRARIES);
    return all;
  }

  /** Returns values as text, sorted. */
  static Set<String> sorted(Stream<?> values) {
    return values.map(String::valueOf).collect(toCollection(TreeSet::new));
  }

  private static List<URL> roots() {
    try {
      return Collections.list(Modules.class.getClassLoader().getResources("module-info.class"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModuleDescriptor read(URL moduleInfo) {
    try (InputStream in = moduleInfo.openStream()) {
      return ModuleDescriptor.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
