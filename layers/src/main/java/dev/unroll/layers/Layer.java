package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something with parameters, or with layers that have some. A layer says what it is made of in
 * {@link #describe}; names, saving and loading follow.
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

  /** Returns the values of all parameters by path, as they are now for good. */
  default Map<String, Tensor> save() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    parameters().forEach((path, p) -> values.put(path, p.keep()));
    return values;
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
}
