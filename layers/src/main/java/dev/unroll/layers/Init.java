package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * The initialization of parameters: their type, and the key of their random numbers. Every layer
 * takes one, so that a float64 copy for a gradient check is the same call with another type.
 *
 * {@snippet class="snippets.LayersTest" region="Init"}
 */
public record Init(DType type, RandomKey key) {

  /** Checks for null. */
  public Init {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(key, "key");
  }

  /** Returns the initialization of a float32 model. */
  public static Init seed(long seed) {
    return new Init(DType.FLOAT32, RandomKey.of(seed));
  }

  /** Returns the initialization of one part, with random numbers of its own. */
  public Init at(String part) {
    return new Init(type, key.fold(part));
  }

  /** Returns a parameter of zeros. */
  public Parameter zeros(int... dims) {
    return new Parameter(Tensor.zeros(type, Shape.of(dims)));
  }

  /** Returns a parameter filled with a value. */
  public Parameter full(double value, int... dims) {
    return new Parameter(Tensor.full(type, Shape.of(dims), value));
  }

  /** Returns an identity matrix {@code [size, size]}. */
  public Parameter identity(int size) {
    double[] all = new double[product(size, size)];
    for (int i = 0; i < size; i++) {
      all[i * (size + 1)] = 1;
    }
    return new Parameter(Tensor.of(Shape.of(size, size), all).to(type));
  }

  /**
   * Returns the bias {@code [4 size]} of gates i, f, g, o: zero except the forget gate's, which is
   * 1, so that the cell initially remembers (Gers, Schmidhuber &amp; Cummins 2000; Jozefowicz,
   * Zaremba &amp; Sutskever 2015).
   */
  public Parameter forgetBias(int size) {
    return bias(size, i -> 0, i -> 1);
  }

  /**
   * Returns the bias {@code [4 size]} of gates i, f, g, o for dependencies of up to {@code longest}
   * steps: the forget gate's is {@code log(u)}, with u uniform on 1 to {@code longest - 1}, the
   * input gate's its negative (Tallec &amp; Ollivier 2018, "Can recurrent neural networks warp
   * time?", arXiv:1804.11188, equation 16).
   *
   * @param longest steps, at least 3
   */
  public Parameter chronoBias(int size, int longest) {
    if (longest < 3) {
      throw new IllegalArgumentException(
          "[chronoBias] expected a longest of at least 3, got " + longest);
    }
    IntToDoubleFunction forget = i -> Math.log(1 + key.unit(i) * (longest - 2));
    return bias(size, i -> -forget.applyAsDouble(i), forget);
  }

  private Parameter bias(int size, IntToDoubleFunction input, IntToDoubleFunction forget) {
    double[] all = new double[product(4, size)];
    for (int i = 0; i < size; i++) {
      all[i] = input.applyAsDouble(i);
      all[size + i] = forget.applyAsDouble(i);
    }
    return new Parameter(Tensor.of(Shape.of(4 * size), all).to(type));
  }

  /** Returns a parameter uniformly distributed on {@code -limit} to {@code limit}. */
  public Parameter uniform(double limit, int... dims) {
    return new Parameter(key.uniform(type, Shape.of(dims), -limit, limit));
  }

  /** Returns a parameter normally distributed around 0, truncated at two standard deviations. */
  public Parameter truncatedNormal(double deviation, int... dims) {
    return new Parameter(key.truncatedNormal(type, Shape.of(dims), 0, deviation));
  }

  /**
   * Returns the weight of {@code parts} concatenated products, {@code [in, parts out]}, normally
   * distributed with standard deviation {@code sqrt(2 / in)}, for ReLU networks (He, Zhang, Ren
   * &amp; Sun 2015, arXiv:1502.01852).
   */
  public Parameter he(int in, int out, int parts) {
    return normal(Math.sqrt(2.0 / Math.max(1, in)), in, product(parts, out));
  }

  /** Returns a parameter normally distributed around 0. */
  public Parameter normal(double deviation, int... dims) {
    return new Parameter(key.normal(type, Shape.of(dims), 0, deviation));
  }

  /**
   * Returns the weight of {@code parts} concatenated products, {@code [in, parts out]}, each
   * uniformly distributed on {@code +-sqrt(6 / (in + out))} (Glorot &amp; Bengio 2010,
   * "Understanding the difficulty of training deep feedforward neural networks").
   */
  public Parameter glorot(int in, int out, int parts) {
    double limit = Math.sqrt(6.0 / ((double) in + out));
    return new Parameter(key.uniform(type, Shape.of(in, product(parts, out)), -limit, limit));
  }

  /**
   * Returns the weight of {@code parts} concatenated recurrent products, {@code [size, parts
   * size]}, each an orthogonal matrix (Saxe, McClelland &amp; Ganguli 2014, arXiv:1312.6120), so
   * that the state neither grows nor shrinks from step to step.
   */
  public Parameter orthogonal(int size, int parts) {
    double[] all = new double[product(size, parts, size)];
    for (int p = 0; p < parts; p++) {
      double[][] rows = orthonormal(size, key.fold(p));
      for (int i = 0; i < size; i++) {
        System.arraycopy(rows[i], 0, all, (i * parts + p) * size, size);
      }
    }
    return new Parameter(Tensor.of(Shape.of(size, parts * size), all).to(type));
  }

  /** Orthogonalizes random rows by the modified Gram-Schmidt process, twice because of rounding. */
  private static double[][] orthonormal(int size, RandomKey key) {
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      double[] row = key.fold(i).normal(DType.FLOAT64, Shape.of(size), 0, 1).toDoubles();
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          subtract(row, rows[j], dot(row, rows[j]));
        }
      }
      double norm = Math.sqrt(dot(row, row));
      for (int k = 0; k < size; k++) {
        row[k] /= norm;
      }
      rows[i] = row;
    }
    return rows;
  }

  /** Returns a product of sizes, checked for overflow. */
  private static int product(int... sizes) {
    return Shape.of(sizes).size();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void subtract(double[] a, double[] b, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] -= factor * b[i];
    }
  }
}
