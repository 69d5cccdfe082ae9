package dev.unroll.models;

import dev.unroll.layers.Layer;
import java.util.Objects;
import java.util.function.Function;

/**
 * A class of layers that model files can contain: a record, or a class that a record of its parts
 * represents.
 *
 * <p>The components of the record are written, and the layer is made of them by the canonical
 * constructor. A component may be a parameter, a layer, a number, a boolean, a string, an enum
 * constant, an {@link java.util.OptionalInt}, a record of such, or a list of such.
 *
 * {@snippet class="snippets.ModelsTest" region="LayerType"}
 *
 * @param <L> the class
 */
public final class LayerType<L extends Layer> {
  private final Class<L> layer;
  private final Class<? extends Record> form;
  private final Function<L, ? extends Record> taken;
  private final Function<Record, L> made;

  private LayerType(
      Class<L> layer,
      Class<? extends Record> form,
      Function<L, ? extends Record> taken,
      Function<Record, L> made) {
    this.layer = Objects.requireNonNull(layer, "layer");
    this.form = Objects.requireNonNull(form, "form");
    this.taken = taken;
    this.made = made;
  }

  /**
   * Returns the type of a record. It is public in an exported package, or its package is open to
   * {@code dev.unroll.models}.
   */
  public static <L extends Record & Layer> LayerType<L> of(Class<L> layer) {
    return new LayerType<>(layer, layer, x -> x, layer::cast);
  }

  /**
   * Returns the type of a class that is not a record.
   *
   * @param form a record of the parts that a layer is made of
   * @param taken returns the parts of a layer
   * @param made returns a layer of such parts
   */
  public static <L extends Layer, F extends Record> LayerType<L> of(
      Class<L> layer, Class<F> form, Function<L, F> taken, Function<F, L> made) {
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(taken, "taken");
    Objects.requireNonNull(made, "made");
    return new LayerType<>(layer, form, taken, r -> made.apply(form.cast(r)));
  }

  /** Returns the class of the layers. */
  public Class<L> layer() {
    return layer;
  }

  Class<? extends Record> form() {
    return form;
  }

  /** Returns the record of a layer of this class. */
  Record take(Layer of) {
    return Objects.requireNonNull(taken.apply(layer.cast(of)), "record of " + layer);
  }

  /** Returns the layer of a record. */
  Layer make(Record of) {
    return Objects.requireNonNull(made.apply(of), "layer of " + form);
  }

  @Override
  public String toString() {
    return layer.getSimpleName();
  }
}
