package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Snapshot;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A component with parameters, or with layers that have parameters. A layer lists its parts in
 * {@link #describe}, from which names, saving and loading follow.
 *
 * <p>A {@link Parameter} or layer that is part of two layers is shared. It has one path, the first,
 * is saved once, and receives the sum of both gradients.
 *
 * {@snippet class="snippets.LayersTest" region="Layer"}
 */
public interface Layer {

  /** Describes the parts by name, always in the same order. */
  void describe(Parts parts);

  /** Returns all parameters by path ({@code encoder.cell.weightInput}); shared ones once. */
  default Map<String, Parameter> parameters() {
    Parts parts = new Parts();
    parts.layer("", this);
    return parts.collected();
  }

  /**
   * Returns the parameters except those of frozen parts, for training only the others.
   *
   * {@snippet class="snippets.LayersTest" region="parametersWithout"}
   *
   * @param frozen paths of parameters or of layers
   * @throws IllegalArgumentException if a path does not exist
   */
  default Map<String, Parameter> parametersWithout(String... frozen) {
    Map<String, Parameter> left = new LinkedHashMap<>(parameters());
    for (String path : frozen) {
      if (!left.keySet().removeIf(p -> p.equals(path) || p.startsWith(path + "."))) {
        throw new IllegalArgumentException(
            "[layer] there is no \"" + path + "\" to freeze; there are: " + left.keySet());
      }
    }
    return left;
  }

  /** Returns a readable table of all parameters: path, shape and number of weights. */
  default String summary() {
    return Summary.of(parameters());
  }

  /**
   * Returns the current values of all parameters by path, permanently valid. They are consistent,
   * taken between two updates, even if another thread trains.
   */
  default Map<String, Tensor> save() {
    Map<String, Parameter> parameters = parameters();
    Snapshot now = Snapshot.of(parameters.values());
    Map<String, Tensor> values = new LinkedHashMap<>();
    parameters.forEach((path, p) -> values.put(path, now.value(p)));
    return values;
  }

  /**
   * Returns a snapshot of all parameters, to predict with while another thread trains.
   *
   * {@snippet class="snippets.LayersTest" region="snapshot"}
   */
  default Snapshot snapshot() {
    return Snapshot.of(parameters().values());
  }

  /**
   * Loads the values that match, and reports the others. Values of another floating-point type are
   * rounded to that of the parameter.
   *
   * @param values the values by path, as returned by {@link #save}
   */
  default LoadReport load(Map<String, Tensor> values) {
    return LoadReport.load(parameters(), values);
  }

  /**
   * Copies the values of another layer with the same parts; to copy a model, create a new one and
   * call this.
   *
   * @throws IllegalArgumentException if the parts differ; nothing is changed then
   */
  default void copyFrom(Layer other) {
    Map<String, Tensor> values = other.save();
    LoadReport.compare(parameters(), values).orThrow();
    load(values);
  }
}
