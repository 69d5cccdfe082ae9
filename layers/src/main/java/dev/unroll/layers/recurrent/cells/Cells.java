package dev.unroll.layers.recurrent.cells;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.tensor.spi.Registry;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * Cells by name: the built-in ones, and those of every {@link CellProvider}.
 *
 * {@snippet class="snippets.CellsTest" region="Cells"}
 */
public final class Cells {
  private Cells() {}

  /**
   * Returns a new cell of the kind with this name.
   *
   * @throws IllegalArgumentException if the name is unknown, where the message lists the names, or
   *     a size is less than 1
   * @throws IllegalStateException if two kinds have the same name, or a provider is invalid
   */
  public static Cell<?> named(String name, int inputSize, int outputSize, Init init) {
    Objects.requireNonNull(init, "init");
    if (inputSize < 1 || outputSize < 1) {
      throw new IllegalArgumentException(
          "[cell] expected sizes of at least 1, got " + inputSize + " -> " + outputSize);
    }
    return all().create(name, f -> f.create(inputSize, outputSize, init));
  }

  /** Returns the names, in alphabetical order. */
  public static List<String> names() {
    return all().names();
  }

  private static Registry<CellFactory> all() {
    return Registry.load(
        "cell", CellProvider.class, l -> ServiceLoader.load(CellProvider.class, l));
  }
}
