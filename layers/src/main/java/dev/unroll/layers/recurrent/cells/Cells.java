package dev.unroll.layers.recurrent.cells;

import dev.unroll.layers.recurrent.spi.CellProvider;
import dev.unroll.tensor.spi.Registry;
import java.util.List;
import java.util.ServiceLoader;

/** The cells that can be chosen by name: the built-in ones, and those of any module present. */
public final class Cells {
  private Cells() {}

  /**
   * Returns the cell of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   * @throws IllegalStateException if two have one name
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
