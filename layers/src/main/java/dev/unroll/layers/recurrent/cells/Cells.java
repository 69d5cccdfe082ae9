package dev.unroll.layers.recurrent.cells;

import dev.unroll.layers.recurrent.spi.CellProvider;
import dev.unroll.tensor.spi.Registry;
import java.util.List;
import java.util.ServiceLoader;

/** Cells by name: the built-in ones, and those of other modules. */
public final class Cells {
  private Cells() {}

  /**
   * Returns the cell of a name.
   *
   * @throws IllegalArgumentException if the name is unknown; the message lists the names
   * @throws IllegalStateException if two cells have the same name
   */
  public static CellProvider named(String name) {
    return all().named(name);
  }

  /** Returns the names, in alphabetical order. */
  public static List<String> names() {
    return all().names();
  }

  private static Registry<CellProvider> all() {
    return new Registry<>(
        "cell", ServiceLoader.load(CellProvider.class, CellProvider.class.getClassLoader()));
  }
}
