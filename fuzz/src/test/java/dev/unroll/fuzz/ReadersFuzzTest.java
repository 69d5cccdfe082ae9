package dev.unroll.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import dev.unroll.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any file is read, or refused with an error that names it. */
class ReadersFuzzTest {
  private static final Path RESOURCES = Path.of("src", "main", "resources");
  private static final Path SEEDS = RESOURCES.resolve("seeds");

  /** Inputs that earlier runs found worth keeping. */
  private static final Path CORPUS = RESOURCES.resolve("corpus");

  static Stream<Path> seeds() throws IOException {
    try (Stream<Path> seeds = Files.list(SEEDS)) {
      return seeds.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedsAreReadOrRefused(Path seed) throws IOException {
    ReadersFuzz.fuzzerTestOneInput(Files.readAllBytes(seed));
  }

  @Test
  void anEmptyInputIsNone() throws IOException {
    ReadersFuzz.fuzzerTestOneInput(new byte[0]);
  }

  /** Jazzer has a JVM of its own, because it prints much; what it prints shows how it failed. */
  @Test
  void filesThatAFuzzerMakesAreReadOrRefused() throws Exception {
    Path found = Files.createDirectories(Path.of("target", "fuzz"));
    JavaProcess.of(
            Jazzer.class,
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow")
        .output(
            "--target_class=" + ReadersFuzz.class.getName(),
            "--instrumentation_includes=dev.unroll.**",
            "--reproducer_path=" + found,
            "-artifact_prefix=" + found + "/",
            "-max_total_time=20",
            found.toString(),
            SEEDS.toString(),
            CORPUS.toString());
  }
}
