package dev.unroll.training;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A metric defined by two functions. */
record Sums(
    String name,
    boolean higherIsBetter,
    Function<Metric.Observation, double[]> adding,
    ToDoubleFunction<double[]> result)
    implements Metric {
  @Override
  public double[] sums(Observation o) {
    return adding.apply(o);
  }

  @Override
  public double value(double[] sums) {
    return result.applyAsDouble(sums);
  }

  @Override
  public boolean isBetter(double value, double other) {
    return higherIsBetter ? value > other : value < other;
  }

  @Override
  public String toString() {
    return name;
  }
}
