package dev.unroll.checks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The exported types of the modules above autograd. */
final class Exported {
  private static final Set<String> MODULES =
      Set.of("layers", "optim", "training", "models", "data", "text", "text-nori");

  private Exported() {}

  /** Returns the types. */
  static Stream<Class<?>> types() throws IOException, ClassNotFoundException {
    Stream.Builder<Class<?>> all = Stream.builder();
    try (InputStream in = Exported.class.getResourceAsStream("/types.txt")) {
      String types = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : types.lines().toList()) {
        String[] type = line.split(" ");
        if (MODULES.contains(type[0])) {
          all.add(Class.forName(type[1]));
        }
      }
    }
    return all.build();
  }

  /** Returns those that are records. */
  static Stream<Class<?>> records() throws IOException, ClassNotFoundException {
    return types().filter(Class::isRecord);
  }
}
