package dev.unroll.models;

import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.cells.CellFactory;
import dev.unroll.layers.recurrent.cells.CellProvider;
import dev.unroll.tensor.spi.Registry;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The layers that files can contain, by name and by class: those of providers, and cells. */
final class LayerTypes {
  /** The sizes of the cells that are made to learn their class. */
  private static final int SIZE = 4;

  private final Map<String, LayerType<?>> byName = new TreeMap<>();
  private final Map<Class<?>, String> names = new HashMap<>();

  private LayerTypes() {}

  /** Returns all that are found now. */
  static LayerTypes all() {
    LayerTypes all = new LayerTypes();
    Registry<LayerType<?>> offered =
        Registry.load(
            "layer", LayerProvider.class, l -> ServiceLoader.load(LayerProvider.class, l));
    offered.names().forEach(name -> all.put(name, offered.named(name)));
    Registry<CellFactory> cells =
        Registry.load("cell", CellProvider.class, l -> ServiceLoader.load(CellProvider.class, l));
    for (String name : cells.names()) {
      Cell<?> cell = sample(cells, name);
      if (cell instanceof Record) {
        all.put(name, record(cell.getClass()));
      }
    }
    return all;
  }

  private static @Nullable Cell<?> sample(Registry<CellFactory> cells, String name) {
    try {
      return cells.<Cell<?>>create(name, f -> f.create(SIZE, SIZE, Init.seed(0)));
    } catch (IllegalArgumentException e) {
      return null; // It does not exist in these sizes; a LayerProvider can offer it.
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // The class of a record that is a layer.
  private static LayerType<?> record(Class<?> layer) {
    return LayerType.of((Class) layer);
  }

  private void put(String name, LayerType<?> type) {
    if (byName.putIfAbsent(name, type) != null) {
      throw new IllegalStateException(
          "[model] a layer and a cell are named \""
              + name
              + "\": "
              + byName.get(name)
              + ", "
              + type);
    }
    names.putIfAbsent(type.layer(), name);
  }

  /**
   * Returns the name of a layer's class.
   *
   * @param where the place of the layer in the model, for the message
   * @throws IllegalArgumentException if it is not known
   */
  String name(Layer layer, String where) {
    String name = names.get(layer.getClass());
    if (name == null) {
      throw new IllegalArgumentException(
          "[model] "
              + where
              + ": "
              + layer.getClass().getName()
              + " is not known to model files; a LayerProvider makes it known by a name and its"
              + " LayerType, a CellProvider a cell that is a record. Known are "
              + byName.keySet());
    }
    return name;
  }

  /**
   * Returns the type of a name.
   *
   * @throws IllegalArgumentException if it is not known
   */
  LayerType<?> named(String name, String where) {
    LayerType<?> type = byName.get(name);
    if (type == null) {
      throw new IllegalArgumentException(
          "[model] "
              + where
              + ": no LayerProvider or CellProvider offers \""
              + name
              + "\"; known are "
              + byName.keySet());
    }
    return type;
  }
}
