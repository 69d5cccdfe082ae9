package dev.unroll.optim;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Reduction;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Limits gradients before an update. */
public final class Clipping {
  private static final Program CLAMP = clamp();

  private Clipping() {}

  /**
   * Gradients, and how long they were.
   *
   * @param gradients clipped, in the order given
   * @param norm before clipping
   */
  public record Clipped(Map<Parameter, Gradient> gradients, double norm) {}

  /**
   * Shortens all gradients by one factor, {@code max / norm}, if their common norm is above {@code
   * max}. The norm is the root of the sum of the squares of all elements; that of sparse gradients
   * is taken over their rows, each once.
   *
   * <p>Pascanu, Mikolov and Bengio 2013, On the difficulty of training recurrent neural networks,
   * arXiv:1211.5063, algorithm 1.
   *
   * @param max the longest norm, above 0
   * @throws ArithmeticException if the norm is NaN or infinite: to go on would ruin every parameter
   */
  public static Clipped globalNorm(Map<Parameter, Gradient> gradients, double max) {
    Checks.positive("max", max);
    double sum = 0;
    for (Map.Entry<Parameter, Gradient> e : gradients.entrySet()) {
      Gradient g = e.getValue();
      double squares = Reduction.sumOfSquares(g.stored()) * g.factor() * g.factor();
      if (!Double.isFinite(squares)) {
        throw new ArithmeticException(
            "[clipping] the gradient of a "
                + e.getKey().type()
                + " "
                + e.getKey().shape()
                + " parameter has norm "
                + Math.sqrt(squares));
      }
      sum += squares;
    }
    double norm = Math.sqrt(sum);
    return new Clipped(norm > max ? map(gradients, g -> g.scaled(max / norm)) : gradients, norm);
  }

  /**
   * Moves every element of the gradients that is outside {@code -limit} to {@code limit} to that
   * end. NaN stays NaN.
   *
   * @param limit above 0
   */
  public static Map<Parameter, Gradient> value(Map<Parameter, Gradient> gradients, double limit) {
    Checks.positive("limit", limit);
    return map(gradients, g -> g.withValues(clamp(g.values(), limit)));
  }

  private static Map<Parameter, Gradient> map(
      Map<Parameter, Gradient> gradients, UnaryOperator<Gradient> f) {
    Map<Parameter, Gradient> result = new LinkedHashMap<>();
    gradients.forEach((p, g) -> result.put(p, f.apply(g)));
    return result;
  }

  private static Tensor clamp(Tensor t, double limit) {
    DType type = t.type();
    return CLAMP
        .run("clipping", t, Tensor.scalar(type, -limit), Tensor.scalar(type, limit))
        .getFirst();
  }

  private static Program clamp() {
    Program.Builder p = Program.inputs(3);
    return p.results(p.apply(Code.MIN, p.apply(Code.MAX, 0, 1), 2));
  }
}
