package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The mismatches found when loading values.
 *
 * {@snippet class="snippets.LayersTest" region="LoadReport"}
 *
 * @param missing parameters without a value
 * @param unexpected values without a parameter
 * @param misshapen values of another shape, with both shapes
 */
public record LoadReport(List<String> missing, List<String> unexpected, List<String> misshapen) {

  /** Checks for null. */
  public LoadReport {
    Objects.requireNonNull(missing, "missing")
        .forEach(each -> Objects.requireNonNull(each, "missing"));
    Objects.requireNonNull(unexpected, "unexpected")
        .forEach(each -> Objects.requireNonNull(each, "unexpected"));
    Objects.requireNonNull(misshapen, "misshapen")
        .forEach(each -> Objects.requireNonNull(each, "misshapen"));
  }

  /** Returns whether values and parameters match completely. */
  public boolean isComplete() {
    return missing.isEmpty() && unexpected.isEmpty() && misshapen.isEmpty();
  }

  /**
   * Throws an exception unless the report is complete.
   *
   * @throws IllegalArgumentException if it is not; the message lists all mismatches
   */
  public void orThrow() {
    if (!isComplete()) {
      throw new IllegalArgumentException("[load] the values do not match this model: " + this);
    }
  }

  static LoadReport load(Map<String, Parameter> parameters, Map<String, Tensor> values) {
    Parameter.updateTogether(
        parameters.values(),
        () ->
            parameters.forEach((path, p) -> {
              Tensor value = values.get(path);
              if (value != null && value.shape().equals(p.shape())) {
                p.update(value.to(p.type()));
              }
            }));
    return compare(parameters, values);
  }

  static LoadReport compare(Map<String, Parameter> parameters, Map<String, Tensor> values) {
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    parameters.forEach((path, p) -> {
      Tensor value = values.get(path);
      if (value == null) {
        missing.add(path);
      } else if (!value.shape().equals(p.shape())) {
        misshapen.add(path + ": expected " + p.shape() + ", given " + value.shape());
      }
    });
    List<String> unexpected =
        values.keySet().stream().filter(k -> !parameters.containsKey(k)).toList();
    return new LoadReport(missing, unexpected, misshapen);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (!missing.isEmpty()) {
      parts.add("missing " + missing);
    }
    if (!unexpected.isEmpty()) {
      parts.add("unexpected " + unexpected);
    }
    if (!misshapen.isEmpty()) {
      parts.add("misshapen " + misshapen);
    }
    return parts.isEmpty() ? "complete" : String.join("; ", parts);
  }
}
