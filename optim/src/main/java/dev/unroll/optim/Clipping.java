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
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Limits gradients before an update.
 *
 * {@snippet class="snippets.OptimTest" region="Clipping"}
 */
public final class Clipping {
  /** Above this, squares that underflowed are smaller than the rounding error of their sum. */
  private static final double SMALLEST = 1e-280;

  /** Part of a factor: a power of 2 that keeps every norm and large element normal. */
  private static final double PART = 0x1p-100;

  private static final Program CLAMP = clamp();
  private static final Program SCALE = scale();

  private Clipping() {}

  /**
   * A way to limit gradients, such as {@link #byNorm}.
   *
   * {@snippet class="snippets.OptimTest" region="ClippingMethod"}
   */
  @FunctionalInterface
  public interface Method {
    /**
     * Returns limited gradients.
     *
     * @throws ArithmeticException if a gradient is NaN or infinite
     */
    Clipped apply(Map<Parameter, Gradient> gradients);
  }

  /**
   * Returns the method of {@link #globalNorm}.
   *
   * @param max the maximum norm, above 0 and finite
   */
  public static Method byNorm(double max) {
    return new ClipByNorm(max);
  }

  /**
   * Returns the method of {@link #value}, except that gradients that are NaN or infinite are
   * refused.
   *
   * @param limit above 0 and finite
   */
  public static Method byValue(double limit) {
    return new ClipByValue(limit);
  }

  /**
   * Clipped gradients.
   *
   * @param gradients the clipped gradients, in the given order
   * @param norm the norm before clipping
   */
  public record Clipped(Map<Parameter, Gradient> gradients, double norm) {
    /** Checks for null. */
    public Clipped {
      Objects.requireNonNull(gradients, "gradients");
    }
  }

  /**
   * Scales all gradients by {@code max / norm} if their global norm exceeds {@code max}. The norm
   * is the square root of the sum of the squares of all elements; for sparse gradients, of the
   * elements of their distinct rows.
   *
   * <p>Pascanu, Mikolov and Bengio 2013, On the difficulty of training recurrent neural networks,
   * arXiv:1211.5063, algorithm 1.
   *
   * @param max the maximum norm, above 0
   * @throws ArithmeticException if the norm is NaN or infinite, since an update would corrupt every
   *     parameter
   */
  public static Clipped globalNorm(Map<Parameter, Gradient> gradients, double max) {
    Checks.positive("max", max);
    check(gradients);
    double norm = norm(gradients);
    return new Clipped(norm > max ? map(gradients, g -> shortened(g, max, norm)) : gradients, norm);
  }

  private static double norm(Map<Parameter, Gradient> gradients) {
    double sum = 0;
    boolean lost = false;
    for (Gradient g : gradients.values()) {
      sum += Reduction.sumOfSquares(g.stored()) * g.factor() * g.factor();
      lost |=
          !(Math.abs(g.factor()) <= 1); // The factor would be inaccurate if squares underflowed.
    }
    return !lost && sum >= SMALLEST && sum <= Double.MAX_VALUE ? Math.sqrt(sum) : scaled(gradients);
  }

  /** Returns the norm where squares overflow, underflow or are NaN. */
  private static double scaled(Map<Parameter, Gradient> gradients) {
    Map<Parameter, Double> norms = new LinkedHashMap<>();
    gradients.forEach((p, g) -> {
      double norm = Math.abs(g.factor()) * Reduction.norm(g.stored());
      checkNorm("gradient of a " + p.type() + " " + p.shape() + " parameter", norm);
      norms.put(p, norm);
    });
    double largest = norms.values().stream().mapToDouble(n -> n).max().orElse(0);
    if (largest == 0) {
      return 0;
    }
    double sum = 0;
    for (double norm : norms.values()) {
      sum += (norm / largest) * (norm / largest);
    }
    double all = largest * Math.sqrt(sum);
    checkNorm("gradient of all parameters", all);
    return all;
  }

  private static void checkNorm(String what, double norm) {
    if (!Double.isFinite(norm)) {
      throw new ArithmeticException("[clipping] the " + what + " has norm " + norm);
    }
  }

  /** A subnormal factor has few significant bits: it is then applied in two parts. */
  private static Gradient shortened(Gradient g, double max, double norm) {
    DType type = g.stored().type();
    double smallest = type == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    if (Math.abs(g.factor() * (max / norm)) >= smallest) {
      return g.scaled(max / norm);
    }
    Tensor smaller = SCALE.run("clipping", g.stored()).getFirst();
    return g.withValues(smaller).scaled(g.factor() * (max / (norm * PART)));
  }

  private static void check(Map<Parameter, Gradient> gradients) {
    Objects.requireNonNull(gradients, "gradients");
    gradients.forEach((p, g) -> {
      Objects.requireNonNull(p, "parameter");
      Objects.requireNonNull(g, () -> "gradient of a " + p.type() + " " + p.shape());
    });
  }

  /**
   * Clamps every element of the gradients to the range from {@code -limit} to {@code limit}. NaN is
   * preserved.
   *
   * @param limit above 0
   */
  public static Map<Parameter, Gradient> value(Map<Parameter, Gradient> gradients, double limit) {
    Checks.positive("limit", limit);
    check(gradients);
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

  private static Program scale() {
    Program.Builder p = Program.inputs(1);
    return p.results(p.affine(0, PART, 0));
  }

  private static Program clamp() {
    Program.Builder p = Program.inputs(3);
    return p.results(p.apply(Code.MIN, p.apply(Code.MAX, 0, 1), 2));
  }
}
