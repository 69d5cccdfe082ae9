package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Snapshot;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something with parameters, or with layers that have some. A layer says what it is made of in
 * {@link #describe}; names, saving and loading follow.
 *
 * <p>Two layers share what both are made of: the same {@link Parameter}, or the same layer. It has
 * one path, the first, is saved once, and receives the sum of both gradients.
 */
public interface Layer {

  /** Names the parts, always in the same order. */
  void describe(Parts parts);

  /** Returns all parameters by path ({@code encoder.cell.weightInput}); a shared one once. */
  default Map<String, Parameter> parameters() {
    Parts parts = new Parts();
    parts.layer("", this);
    return parts.collected();
  }

  /**
   * Returns the parameters but for some parts: what is left is trained, the parts stay as they are.
   *
   * <pre>{@code
   * Optimizer.of(new Adam(), model.parametersWithout("embedding", "encoder.cell"));
   * }</pre>
   *
   * @param frozen paths of parameters or of layers
   * @throws IllegalArgumentException if there is nothing under a path
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

  /** Returns a table of all parameters, for people: path, shape and number of weights. */
  default String summary() {
    return Summary.of(parameters());
  }

  /**
   * Returns the values of all parameters by path, as they are now for good. They are of one moment
   * between two updates, even if another thread trains.
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
   * <pre>{@code
   * Snapshot now = model.snapshot();
   * Tensor answer = now.call(() -> model.apply(x, Mode.evaluation()).value());
   * }</pre>
   */
  default Snapshot snapshot() {
    return Snapshot.of(parameters().values());
  }

  /**
   * Takes over the values that fit, and reports the rest. Values of another floating-point type are
   * rounded to that of the parameter.
   *
   * @param values by path, as {@link #save} returns them
   */
  default LoadReport load(Map<String, Tensor> values) {
    return LoadReport.load(parameters(), values);
  }

  /**
   * Takes over the values of another layer of the same parts: a copy of a model is a fresh one that
   * has done so.
   *
   * @throws IllegalArgumentException if the parts differ; then nothing is changed
   */
  default void copyFrom(Layer other) {
    Map<String, Tensor> values = other.save();
    LoadReport.compare(parameters(), values).orThrow();
    load(values);
  }
}
