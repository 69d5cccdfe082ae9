package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.recurrent.Cell;
import java.util.function.IntFunction;

/** A pooling that prints its name. */
record NamedPooling(String name, IntFunction<Cell<?>> cells, Pooling pooling) implements Pooling {
  @Override
  public Variable apply(Variable x, int... lengths) {
    return pooling.apply(x, lengths);
  }

  @Override
  public Cell<?> running(int size) {
    return cells.apply(size);
  }

  @Override
  public String toString() {
    return name;
  }
}
