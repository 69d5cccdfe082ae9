package dev.unroll.autograd;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Compares gradients with central differences, {@code (f(x + h) - f(x - h)) / 2h}, in float64. A
 * result of several elements is first reduced to a scalar product with fixed random numbers.
 *
 * {@snippet class="snippets.AutogradTest" region="GradCheck"}
 */
public final class GradCheck {
  private static final double STEP = 1e-5;
  private static final Tolerance TOLERANCE = Tolerance.of(1e-6);
  private static final RandomKey KEY = RandomKey.of(0x6772_6164);

  private GradCheck() {}

  /**
   * An element of a gradient that differs from the central difference.
   *
   * @param what the name of the check
   * @param by the name of the parameter, or {@code input} and its index
   * @param index the row-major index of the element
   */
  public record Mismatch(String what, String by, int index, double expected, double actual) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "[%s] gradient with respect to %s, element %d: expected %.9g, got %.9g",
          what,
          by,
          index,
          expected,
          actual);
    }
  }

  /**
   * Checks the gradient of a function with respect to every element of its inputs.
   *
   * @param what a name for messages
   * @param f called with variables of perturbed values
   * @param at float64 inputs; int32 inputs are not perturbed
   * @return elements that differ by more than {@code 1e-6 (1 + |expected|)}; empty if the gradient
   *     is correct
   * @throws IllegalArgumentException if an input is float32, since differences would be too
   *     inaccurate
   */
  public static List<Mismatch> check(
      String what, Function<List<Variable>, Variable> f, Tensor... at) {
    Inputs inputs = Inputs.of(at);
    return check(what, () -> f.apply(inputs.all), inputs.floating);
  }

  /** Checks the gradient of the gradient in the same way: see {@link #check}. */
  public static List<Mismatch> checkSecondOrder(
      String what, Function<List<Variable>, Variable> f, Tensor... at) {
    Inputs inputs = Inputs.of(at);
    return checkSecondOrder(what, () -> f.apply(inputs.all), inputs.floating);
  }

  /**
   * Checks the gradient of a function with respect to every element of parameters, such as those of
   * a layer or a model.
   *
   * @param what a name for messages
   * @param f reads the parameters; called for each perturbed element, and must be the same function
   *     each time
   * @param parameters float64 parameters by name; their values are restored afterwards
   * @return elements that differ by more than {@code 1e-6 (1 + |expected|)}; empty if the gradient
   *     is correct
   * @throws IllegalArgumentException if a parameter is float32, since differences would be too
   *     inaccurate
   */
  public static List<Mismatch> check(
      String what, Supplier<Variable> f, Map<String, Parameter> parameters) {
    parameters.values().forEach(p -> refuseSingle(what, p.type(), p.shape()));
    List<Variable> gradients = gradients(f, List.copyOf(parameters.values()));
    List<Mismatch> wrong = new ArrayList<>();
    int next = 0;
    for (Map.Entry<String, Parameter> e : parameters.entrySet()) {
      Parameter p = e.getValue();
      double[] actual = gradients.get(next++).value().toDoubles();
      Tensor kept = p.keep();
      try {
        for (int i = 0; i < actual.length; i++) {
          double expected = difference(f, p, kept, i);
          if (!(Double.isFinite(expected) && TOLERANCE.allows(expected, actual[i]))) {
            wrong.add(new Mismatch(what, e.getKey(), i, expected, actual[i]));
          }
        }
      } finally {
        p.update(kept);
      }
    }
    return wrong;
  }

  /** Checks the gradient of the gradient in the same way: see {@link #check}. */
  public static List<Mismatch> checkSecondOrder(
      String what, Supplier<Variable> f, Map<String, Parameter> parameters) {
    List<Variable> by = List.copyOf(parameters.values());
    return check(
        what + ", second order",
        () -> {
          List<Variable> g = gradients(f, by);
          Variable sum = Variable.scalar(DType.FLOAT64, 0);
          for (int i = 0; i < g.size(); i++) {
            sum = sum.add(g.get(i).mul(weights(i + 1, g.get(i).shape())).sum());
          }
          return sum;
        },
        parameters);
  }

  /** The arguments of a function: parameters, whose elements can be perturbed, and ids. */
  private record Inputs(List<Variable> all, Map<String, Parameter> floating) {
    static Inputs of(Tensor... at) {
      List<Variable> all = new ArrayList<>();
      Map<String, Parameter> floating = new LinkedHashMap<>();
      for (int i = 0; i < at.length; i++) {
        if (at[i].type().isFloating()) {
          Parameter p = new Parameter(at[i]);
          floating.put("input " + i, p);
          all.add(p);
        } else {
          all.add(Variable.of(at[i]));
        }
      }
      return new Inputs(all, floating);
    }
  }

  private static void refuseSingle(String what, DType type, Shape shape) {
    if (type == DType.FLOAT32) {
      throw new IllegalArgumentException(
          "["
              + what
              + "] expected float64 inputs or parameters, such as those of new Init(DType.FLOAT64, key), got "
              + type
              + shape);
    }
  }

  private static List<Variable> gradients(Supplier<Variable> f, List<Variable> by) {
    Variable loss = contracted(f.get());
    return Gradients.of(loss, Variable.scalar(loss.type(), 1), by);
  }

  private static double difference(Supplier<Variable> f, Parameter p, Tensor at, int index) {
    double x = at.toDoubles()[index];
    double h = STEP * Math.max(1, Math.abs(x));
    return (shifted(f, p, at, index, x + h) - shifted(f, p, at, index, x - h))
        / ((x + h) - (x - h));
  }

  private static double shifted(
      Supplier<Variable> f, Parameter p, Tensor at, int index, double to) {
    double[] values = at.toDoubles();
    values[index] = to;
    p.update(Tensor.of(at.shape(), values));
    // Recorded, because the function may compute gradients itself.
    return contracted(f.get()).value().item();
  }

  private static Variable contracted(Variable v) {
    return v.mul(weights(0, v.shape())).sum();
  }

  private static Variable weights(int which, Shape shape) {
    return Variable.of(KEY.fold(which).normal(DType.FLOAT64, shape, 0, 1));
  }
}
