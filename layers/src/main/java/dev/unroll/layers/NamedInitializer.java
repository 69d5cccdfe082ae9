package dev.unroll.layers;

import dev.unroll.autograd.Parameter;

/** An initializer that prints its name. */
record NamedInitializer(String name, Initializer inner) implements Initializer {
  /** Stands for the choice of the layer, which {@link InitPolicy} calls in its place. */
  static final Initializer STANDARD =
      new NamedInitializer(
          "standard",
          (_, _) -> {
            throw new IllegalStateException(
                "[init] the standard initializer is an argument of Init only");
          });

  @Override
  public Parameter create(Init init, int... dims) {
    return inner.create(init, dims);
  }

  @Override
  public String toString() {
    return name;
  }
}
