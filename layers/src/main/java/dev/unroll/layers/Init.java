package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

/**
 * The initialization of parameters: their type, and the key of their random numbers. Every layer
 * takes one, so that a float64 copy for a gradient check is the same call with another type.
 *
 * <p>Layers choose the distribution of each parameter. A policy takes its place for a whole model:
 * {@link #weights} for all matrices, {@link #part} for the parameters of parts with a name. Names
 * are those of {@link #at}; the built-in layers and cells use the names of their parameters, such
 * as {@code weightRecurrent} and {@code bias}, and {@link
 * dev.unroll.layers.sequence.LanguageModel#of} {@code embedding}, {@code cell0}, {@code cell1} and
 * {@code head}.
 *
 * {@snippet class="snippets.LayersTest" region="Init"}
 */
public final class Init {
  private final DType type;
  private final RandomKey key;
  private final InitPolicy policy;

  private Init(DType type, RandomKey key, InitPolicy policy) {
    this.type = Objects.requireNonNull(type, "type");
    this.key = Objects.requireNonNull(key, "key");
    this.policy = policy;
  }

  /** Creates an initialization as the layers choose it. */
  public Init(DType type, RandomKey key) {
    this(type, key, InitPolicy.NONE);
  }

  /** Returns the initialization of a float32 model. */
  public static Init seed(long seed) {
    return new Init(DType.FLOAT32, RandomKey.of(seed));
  }

  /** Returns the type of the parameters. */
  public DType type() {
    return type;
  }

  /** Returns the key of the random numbers. */
  public RandomKey key() {
    return key;
  }

  /**
   * Returns a copy with other initial values of all parameters of two or more axes. Biases and
   * gains remain as the layers choose them, such as an LSTM's forget bias of 1.
   *
   * {@snippet class="snippets.LayersTest" region="Initializer"}
   */
  public Init weights(Initializer initializer) {
    return new Init(type, key, policy.weights(initializer));
  }

  /**
   * Returns a copy with other initial values of all parameters of the parts with a name, biases and
   * gains included. Of two names, that of the inner part decides; of two calls for a name, the
   * later one.
   *
   * @param name as given to {@link #at}; a name that no part has changes nothing
   * @throws IllegalArgumentException if the name is empty
   */
  public Init part(String name, Initializer initializer) {
    return new Init(type, key, policy.part(name, initializer));
  }

  /** Returns the initialization of one part, with random numbers of its own. */
  public Init at(String part) {
    return new Init(type, key.fold(part), policy.at(part));
  }

  /** Returns a parameter of zeros. */
  public Parameter zeros(int... dims) {
    return create(() -> Tensor.zeros(type, Shape.of(dims)), dims);
  }

  /** Returns a parameter filled with a value. */
  public Parameter full(double value, int... dims) {
    return create(() -> Tensor.full(type, Shape.of(dims), value), dims);
  }

  /** Returns an identity matrix {@code [size, size]}. */
  public Parameter identity(int size) {
    double[] all = new double[product(size, size)];
    for (int i = 0; i < size; i++) {
      all[i * (size + 1)] = 1;
    }
    return create(() -> Tensor.of(Shape.of(size, size), all).to(type), size, size);
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
    return create(() -> Tensor.of(Shape.of(4 * size), all).to(type), 4 * size);
  }

  /** Returns a parameter uniformly distributed on {@code -limit} to {@code limit}. */
  public Parameter uniform(double limit, int... dims) {
    return create(() -> key.uniform(type, Shape.of(dims), -limit, limit), dims);
  }

  /** Returns a parameter normally distributed around 0, truncated at two standard deviations. */
  public Parameter truncatedNormal(double deviation, int... dims) {
    return create(() -> key.truncatedNormal(type, Shape.of(dims), 0, deviation), dims);
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
    return create(() -> key.normal(type, Shape.of(dims), 0, deviation), dims);
  }

  /**
   * Returns the weight of {@code parts} concatenated products, {@code [in, parts out]}, each
   * uniformly distributed on {@code +-sqrt(6 / (in + out))} (Glorot &amp; Bengio 2010,
   * "Understanding the difficulty of training deep feedforward neural networks").
   */
  public Parameter glorot(int in, int out, int parts) {
    double limit = Math.sqrt(6.0 / ((double) in + out));
    return uniform(limit, in, product(parts, out));
  }

  /**
   * Returns the weight of {@code parts} concatenated recurrent products, {@code [size, parts
   * size]}, each an orthogonal matrix (Saxe, McClelland &amp; Ganguli 2014, arXiv:1312.6120), so
   * that the state neither grows nor shrinks from step to step.
   */
  public Parameter orthogonal(int size, int parts) {
    int columns = product(parts, size);
    return create(() -> orthogonalParts(size, parts), size, columns);
  }

  private Tensor orthogonalParts(int size, int parts) {
    double[] all = new double[product(size, parts, size)];
    for (int p = 0; p < parts; p++) {
      double[][] rows = OrthonormalRows.of(size, key.fold(p));
      for (int i = 0; i < size; i++) {
        System.arraycopy(rows[i], 0, all, (i * parts + p) * size, size);
      }
    }
    return Tensor.of(Shape.of(size, parts * size), all).to(type);
  }

  private Parameter create(Supplier<Tensor> standard, int... dims) {
    return policy.create(new Init(type, key), () -> new Parameter(standard.get()), dims);
  }

  /** Returns a product of sizes, checked for overflow. */
  private static int product(int... sizes) {
    return Shape.of(sizes).size();
  }

  @Override
  public String toString() {
    return "Init[" + type + ", " + key + policy + "]";
  }
}
