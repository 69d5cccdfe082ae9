package dev.unroll.training;

import dev.unroll.autograd.Graph;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Layer;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the parameters of a model with those of an optimizer, with those that a loss reads, and
 * with each other.
 */
final class ParameterChecks {
  /** This many equal random numbers in a row are not a coincidence. */
  private static final int FEWEST = 4;

  private static final int COMPARED = 8;
  private static final double ROUNDING = 1e-5;

  private static final Logger LOG = LoggerFactory.getLogger("dev.unroll.training");

  private ParameterChecks() {}

  /**
   * Rejects an optimizer that does not train the model, and logs frozen parameters (INFO) and
   * parameters with equal initial values (WARN).
   *
   * @throws IllegalArgumentException if the optimizer has no parameter, or one that is not the
   *     model's
   */
  static void check(Layer model, Optimizer optimizer) {
    optimizer(model, optimizer);
    List<String> frozen = frozen(model, optimizer);
    if (!frozen.isEmpty()) {
      LOG.info("the optimizer does not update: {}", some(frozen));
    }
    List<String> alike = alike(model);
    if (!alike.isEmpty()) {
      LOG.warn(
          "these parameters have the same random initial values: {}; give each part an Init of its own, init.at(name)",
          some(alike));
    }
  }

  /** Logs (WARN) the parameters that a loss reads but the model does not describe. */
  static void check(Layer model, Variable loss) {
    String undescribed = undescribed(model, loss);
    if (!undescribed.isEmpty()) {
      LOG.warn(undescribed);
    }
  }

  /** Returns a sentence on the parameters of a loss that are not the model's, or nothing. */
  static String undescribed(Layer model, Variable loss) {
    Set<Parameter> own = new HashSet<>(model.parameters().values());
    List<String> others = new ArrayList<>();
    for (Parameter p : Graph.of(loss).parameters()) {
      if (!own.contains(p)) {
        others.add(p.type() + " " + p.shape());
      }
    }
    if (others.isEmpty()) {
      return "";
    }
    boolean one = others.size() == 1;
    return "the loss reads "
        + (one ? "1 parameter" : others.size() + " parameters")
        + " that the model does not describe: "
        + some(others)
        + (one ? "; it is" : "; they are")
        + " neither trained nor saved";
  }

  /**
   * Rejects an optimizer with parameters outside the model, which would not be saved, averaged or
   * restored with it. Parameters of the model that it lacks are frozen.
   */
  private static void optimizer(Layer model, Optimizer optimizer) {
    Map<String, Parameter> moved = optimizer.parameters();
    Set<Parameter> own = new HashSet<>(model.parameters().values());
    List<String> foreign = new ArrayList<>();
    moved.forEach((name, p) -> {
      if (!own.contains(p)) {
        foreign.add(name);
      }
    });
    if (!foreign.isEmpty()) {
      throw new IllegalArgumentException(
          "[trainer] expected an optimizer of the model's parameters, got one of "
              + moved.size()
              + " of which "
              + foreign.size()
              + " are not of the model: "
              + some(foreign)
              + "; use Optimizer.of(rule, model.parameters())");
    }
    if (moved.isEmpty()) {
      throw new IllegalArgumentException(
          "[trainer] expected an optimizer of at least one parameter, got one of none");
    }
  }

  /** Returns the paths of the parameters that an optimizer does not update. */
  static List<String> frozen(Layer model, Optimizer optimizer) {
    Set<Parameter> moved = new HashSet<>(optimizer.parameters().values());
    List<String> frozen = new ArrayList<>();
    model
        .parameters()
        .forEach((path, p) -> {
          if (!moved.contains(p)) {
            frozen.add(path);
          }
        });
    return frozen;
  }

  /** Formats a list, truncated. */
  private static String some(List<String> paths) {
    int shown = 5;
    return paths.size() <= shown
        ? String.join(", ", paths)
        : String.join(", ", paths.subList(0, shown)) + ", ... (" + paths.size() + ")";
  }

  /**
   * Returns pairs of parameters with the same random initial values, up to a factor: their parts
   * share one {@code Init}, and are equal, or correlated if their shapes differ.
   *
   * <p>The values are compared because an Init is a value that does not know its users. This calls
   * for a warning rather than an error, since two parts may be equal on purpose.
   */
  static List<String> alike(Layer model) {
    Map<String, double[]> starts = new LinkedHashMap<>();
    model
        .parameters()
        .forEach((path, p) -> {
          double[] start = start(p.value());
          if (start.length >= FEWEST && Arrays.stream(start).distinct().count() == start.length) {
            starts.put(path, start);
          }
        });
    List<String> alike = new ArrayList<>();
    List<String> paths = List.copyOf(starts.keySet());
    List<double[]> values = List.copyOf(starts.values());
    for (int i = 0; i < paths.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (proportional(values.get(j), values.get(i))) {
          alike.add(paths.get(j) + " and " + paths.get(i));
          break;
        }
      }
    }
    return alike;
  }

  private static double[] start(Tensor value) {
    int size = value.shape().size();
    return value.reshape(size).slice(0, 0, Math.min(size, COMPARED)).toDoubles();
  }

  private static boolean proportional(double[] a, double[] b) {
    int n = Math.min(a.length, b.length);
    int largest = 0;
    for (int i = 1; i < n; i++) {
      largest = Math.abs(a[i]) > Math.abs(a[largest]) ? i : largest;
    }
    double factor = b[largest] / a[largest];
    for (int i = 0; i < n; i++) {
      if (!(Math.abs(b[i] - factor * a[i]) <= ROUNDING * Math.abs(b[largest]))) {
        return false;
      }
    }
    return factor > 0;
  }
}
