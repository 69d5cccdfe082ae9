package dev.unroll.layers.recurrent;

import dev.unroll.layers.recurrent.spi.CellProvider;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

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
    Map<String, CellProvider> all = all();
    CellProvider found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no cell named \"" + name + "\"; found: " + String.join(", ", all.keySet()));
    }
    return found;
  }

  /** Returns the names, in alphabetical order. */
  public static List<String> names() {
    return List.copyOf(all().keySet());
  }

  private static Map<String, CellProvider> all() {
    Map<String, CellProvider> all = new TreeMap<>();
    for (CellProvider p :
        ServiceLoader.load(CellProvider.class, CellProvider.class.getClassLoader())) {
      CellProvider other = all.put(p.name(), p);
      if (other != null) {
        throw new IllegalStateException(
            "two cells are named \"" + p.name() + "\": " + origin(other) + " and " + origin(p));
      }
    }
    return all;
  }

  private static String origin(CellProvider p) {
    Module m = p.getClass().getModule();
    return (m.isNamed() ? m.getName() + "/" : "") + p.getClass().getName();
  }
}
