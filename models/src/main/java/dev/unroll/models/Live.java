package dev.unroll.models;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Layer;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** A session of one sequence on a model of either type. */
final class Live implements AutoCloseable {
  private final Session session;
  private final DType type;

  private Live(Session session, DType type) {
    this.session = session;
    this.type = type;
  }

  /** Opens a session on vectors of a size. */
  static Live onVectors(Layer model, int size, BiFunction<Shape, DType, Session> open) {
    DType type = type(model);
    return new Live(open.apply(Shape.of(1, size), type), type);
  }

  /** Opens a session on ids. */
  static Live onIds(Layer model, BiFunction<Shape, DType, Session> open) {
    return new Live(open.apply(Shape.of(1), DType.INT32), type(model));
  }

  /** Returns the type of the weights. */
  static DType type(Layer model) {
    return model.parameters().values().stream()
        .map(Parameter::type)
        .findFirst()
        .orElse(DType.FLOAT32);
  }

  /**
   * Computes a step.
   *
   * @throws IllegalArgumentException if the output is not finite; the state is unchanged then, as
   *     no later step would be finite
   */
  double[] step(float... x) {
    return finite(() -> output(x));
  }

  /** Computes a step on an id: see {@link #step(float...)}. */
  double[] step(int id) {
    return finite(() -> output(id));
  }

  private double[] finite(Supplier<double[]> step) {
    List<Tensor> before = session.state();
    double[] y = step.get();
    if (!Arrays.stream(y).allMatch(Double::isFinite)) {
      session.restore(before);
      throw new IllegalArgumentException(
          "[session] expected finite outputs of the model, got "
              + Arrays.toString(y)
              + "; the step was not read");
    }
    return y;
  }

  private double[] output(float... x) {
    double[] y = new double[session.outputShape().size()];
    if (type == DType.FLOAT64) {
      double[] wide = new double[x.length];
      Arrays.setAll(wide, i -> x[i]);
      session.step(wide, y);
      return y;
    }
    float[] single = new float[y.length];
    session.step(x, single);
    return widened(single, y);
  }

  private double[] output(int id) {
    double[] y = new double[session.outputShape().size()];
    if (type == DType.FLOAT64) {
      session.step(new int[] {id}, y);
      return y;
    }
    float[] single = new float[y.length];
    session.step(new int[] {id}, single);
    return widened(single, y);
  }

  private static double[] widened(float[] from, double[] to) {
    Arrays.setAll(to, i -> from[i]);
    return to;
  }

  void reset() {
    session.reset();
  }

  @Override
  public void close() {
    session.close();
  }
}
