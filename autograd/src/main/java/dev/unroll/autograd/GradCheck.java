package dev.unroll.autograd;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Compares gradients with central differences, {@code (f(x + h) - f(x - h)) / 2h}, in float64. A
 * result of several elements is first contracted with fixed random numbers.
 */
public final class GradCheck {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;
  private static final RandomKey KEY = RandomKey.of(0x6772_6164);

  private GradCheck() {}

  /**
   * An element of a gradient that is not what differences say.
   *
   * @param what the name given to the check
   * @param input the number of the input
   * @param index the position inside the input, the last axis running fastest
   */
  public record Mismatch(String what, int input, int index, double expected, double actual) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "[%s] gradient by input %d, element %d: expected %.9g, actual %.9g",
          what,
          input,
          index,
          expected,
          actual);
    }
  }

  /**
   * Checks the gradient of a function by every element of its inputs.
   *
   * @param what a name for messages
   * @param f called with variables that hold the values, shifted a little
   * @param at float64 inputs; int32 ones are passed on as they are
   * @return what differs by more than {@code 1e-6 (1 + |expected|)}; empty if the gradient is right
   * @throws IllegalArgumentException if an input is float32: differences would be too coarse
   */
  public static List<Mismatch> check(
      String what, Function<List<Variable>, Variable> f, Tensor... at) {
    for (Tensor t : at) {
      if (t.type() == DType.FLOAT32) {
        throw new IllegalArgumentException(
            "[" + what + "] gradients are checked in float64, given " + t.type() + t.shape());
      }
    }
    List<Variable> inputs = Arrays.stream(at).map(Variable::input).toList();
    Variable loss = contracted(f.apply(inputs));
    List<Variable> gradients = Gradients.of(loss, Variable.scalar(loss.type(), 1), inputs);
    List<Mismatch> wrong = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      if (!at[i].type().isFloating()) {
        continue;
      }
      double[] actual = gradients.get(i).value().toDoubles();
      for (int k = 0; k < actual.length; k++) {
        double expected = difference(f, at, i, k);
        if (!(Math.abs(actual[k] - expected) <= TOLERANCE * (1 + Math.abs(expected)))) {
          wrong.add(new Mismatch(what, i, k, expected, actual[k]));
        }
      }
    }
    return wrong;
  }

  /** Checks the gradient of the gradient in the same way: see {@link #check}. */
  public static List<Mismatch> checkSecondOrder(
      String what, Function<List<Variable>, Variable> f, Tensor... at) {
    return check(
        what + ", second order",
        in -> {
          Variable loss = contracted(f.apply(in));
          List<Variable> floating = in.stream().filter(v -> v.type().isFloating()).toList();
          List<Variable> g = Gradients.of(loss, Variable.scalar(loss.type(), 1), floating);
          Variable sum = Variable.scalar(loss.type(), 0);
          for (int i = 0; i < g.size(); i++) {
            sum = sum.add(g.get(i).mul(weights(i + 1, g.get(i).shape())).sum());
          }
          return sum;
        },
        at);
  }

  private static double difference(
      Function<List<Variable>, Variable> f, Tensor[] at, int input, int index) {
    double x = at[input].toDoubles()[index];
    double h = STEP * Math.max(1, Math.abs(x));
    return (shifted(f, at, input, index, x + h) - shifted(f, at, input, index, x - h))
        / ((x + h) - (x - h));
  }

  private static double shifted(
      Function<List<Variable>, Variable> f, Tensor[] at, int input, int index, double to) {
    double[] values = at[input].toDoubles();
    values[index] = to;
    Tensor[] moved = at.clone();
    moved[input] = Tensor.of(at[input].shape(), values);
    // Recorded, because a function may itself ask for gradients.
    return contracted(f.apply(Arrays.stream(moved).map(Variable::input).toList())).value().item();
  }

  private static Variable contracted(Variable v) {
    return v.mul(weights(0, v.shape())).sum();
  }

  private static Variable weights(int which, Shape shape) {
    return Variable.of(KEY.fold(which).normal(DType.FLOAT64, shape, 0, 1));
  }
}
