package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;

/** A pooling that prints its name. */
record NamedPooling(String name, Pooling pooling) implements Pooling {
  @Override
  public Variable apply(Variable x, int... lengths) {
    return pooling.apply(x, lengths);
  }

  @Override
  public String toString() {
    return name;
  }
}
