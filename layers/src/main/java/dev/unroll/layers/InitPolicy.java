package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The initializers that take the place of the layers' choices.
 *
 * @param byName for parts of a name
 * @param matrices for parameters of two or more axes
 * @param others for other parameters
 */
record InitPolicy(Map<String, Initializer> byName, Initializer matrices, Initializer others) {
  /** The choice of the layer, which a policy calls in the place of this. */
  static final Initializer STANDARD =
      named(
          "standard",
          (_, _) -> {
            throw new IllegalStateException(
                "[init] the standard initializer is an argument of Init only");
          });

  /** Leaves all to the layers. */
  static final InitPolicy NONE = new InitPolicy(Map.of(), STANDARD, STANDARD);

  /** An initializer that prints its name. */
  private record Named(String name, Initializer inner) implements Initializer {
    @Override
    public Parameter create(Init init, int... dims) {
      return inner.create(init, dims);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Returns an initializer that prints its name. */
  static Initializer named(String name, Initializer inner) {
    return new Named(name, inner);
  }

  InitPolicy weights(Initializer of) {
    return new InitPolicy(byName, Objects.requireNonNull(of, "initializer"), others);
  }

  InitPolicy part(String name, Initializer of) {
    if (Objects.requireNonNull(name, "name").isEmpty()) {
      throw new IllegalArgumentException("[init] expected the name of a part, got \"\"");
    }
    Map<String, Initializer> all = new LinkedHashMap<>(byName);
    all.put(name, Objects.requireNonNull(of, "initializer"));
    return new InitPolicy(all, matrices, others);
  }

  /** Returns the policy within a part. */
  InitPolicy at(String part) {
    Initializer named = byName.get(part);
    return named == null ? this : new InitPolicy(byName, named, named);
  }

  /**
   * Returns a parameter.
   *
   * @param plain the type and the key, without this policy
   * @param standard the choice of the layer
   */
  Parameter create(Init plain, Supplier<Parameter> standard, int... dims) {
    Initializer chosen = dims.length > 1 ? matrices : others;
    if (chosen.equals(STANDARD)) {
      return standard.get();
    }
    Parameter p =
        Objects.requireNonNull(chosen.create(plain, dims), () -> "parameter of " + chosen);
    if (!p.shape().equals(Shape.of(dims)) || p.type() != plain.type()) {
      throw new IllegalArgumentException(
          "[init] expected "
              + plain.type()
              + Shape.of(dims)
              + " of the initializer "
              + chosen
              + ", got "
              + p.type()
              + p.shape());
    }
    return p;
  }

  @Override
  public String toString() {
    String text = matrices.equals(STANDARD) ? "" : ", weights " + matrices;
    return byName.isEmpty() ? text : text + ", parts " + byName;
  }
}
