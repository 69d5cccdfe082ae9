package dev.unroll.layers.recurrent.cells;

import dev.unroll.layers.Dropout;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The configuration of a recurrent layer of cells by name. An instance is immutable: each method
 * returns another one.
 *
 * {@snippet class="snippets.CellsTest" region="RecurrentConfig"}
 *
 * @param cell the name of the cells: see {@link Cells}
 * @param size H, the size of each cell
 * @param layers the number of layers; 1 by default
 * @param direction the order in which steps are read; forward by default
 * @param dropout the rate of dropout between layers, from 0 to less than 1; 0 by default
 */
public record RecurrentConfig(
    String cell, int size, int layers, Direction direction, double dropout) {

  /** The order in which a layer reads the steps. */
  public enum Direction {
    /** From the first to the last. */
    FORWARD,
    /** In both directions, by a cell for each. */
    BOTH
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a size is below 1 or the rate is out of range
   */
  public RecurrentConfig {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(direction, "direction");
    if (size < 1 || layers < 1) {
      throw new IllegalArgumentException(
          "[recurrentConfig] expected a size and layers of at least 1, got "
              + size
              + " and "
              + layers);
    }
    new Dropout(dropout); // It checks the rate.
  }

  /** Returns the configuration of one layer that reads forward. */
  public static RecurrentConfig of(String cell, int size) {
    return new RecurrentConfig(cell, size, 1, Direction.FORWARD, 0);
  }

  /** Returns the configuration with a number of layers. */
  public RecurrentConfig layers(int number) {
    return new RecurrentConfig(cell, size, number, direction, dropout);
  }

  /** Returns the configuration of layers that read in both directions. */
  public RecurrentConfig bidirectional() {
    return new RecurrentConfig(cell, size, layers, Direction.BOTH, dropout);
  }

  /** Returns the configuration with dropout between layers. */
  public RecurrentConfig dropout(double rate) {
    return new RecurrentConfig(cell, size, layers, direction, rate);
  }

  /** Returns the size of an output: H, or 2H of layers that read in both directions. */
  public int outputSize() {
    return direction == Direction.BOTH ? 2 * size : size;
  }

  /**
   * Returns a new layer.
   *
   * @param inputSize I
   * @throws IllegalArgumentException if the size is below 1, or there is no such cell
   */
  public Recurrent<?> build(int inputSize, Init init) {
    Objects.requireNonNull(init, "init");
    List<Recurrent<?>> all = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      all.add(layer(i == 0 ? inputSize : outputSize(), init.at(String.valueOf(i))));
    }
    return layers == 1 ? all.getFirst() : new RecurrentStack(all, new Dropout(dropout));
  }

  private Recurrent<?> layer(int in, Init init) {
    Cell<?> forward = Cells.named(cell, in, size, init.at("forward"));
    return direction == Direction.FORWARD
        ? Unroll.of(forward)
        : both(forward, Cells.named(cell, in, size, init.at("backward")));
  }

  /** Both cells are of one provider, and have states of one class. */
  @SuppressWarnings("unchecked")
  private static <S extends State<S>> Recurrent<?> both(Cell<S> forward, Cell<?> backward) {
    return Bidirectional.of(forward, (Cell<S>) backward);
  }
}
