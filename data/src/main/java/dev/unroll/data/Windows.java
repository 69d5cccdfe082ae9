package dev.unroll.data;

import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Sliding windows over a time series: the past values, {@code [window, F]}, and the values to
 * predict, {@code [horizon, variables]}. Each example is a view, created on access. Neighbours
 * share time steps if the stride is less than window plus horizon: a split must drop {@link
 * #overlap} windows between its parts.
 */
public final class Windows extends AbstractList<Example> {
  private final Tensor series;
  private final Tensor predicted;
  private final int window;
  private final int horizon;
  private final int stride;

  /**
   * Creates the windows of a series.
   *
   * @param series {@code [T, F]}: F variables at T time steps
   * @param window the number of past time steps, at least 1
   * @param horizon the number of time steps to predict, at least 1
   * @param stride the time steps from the start of one window to the start of the next, at least 1
   * @param variables the columns of the series, from 0, that are predicted; all columns if empty
   * @throws IllegalArgumentException if an argument is out of range, or the series is too short for
   *     one window
   */
  public Windows(Tensor series, int window, int horizon, int stride, int... variables) {
    Shape s = Objects.requireNonNull(series, "series").shape();
    if (s.rank() != 2 || Math.min(window, Math.min(horizon, stride)) < 1) {
      throw new IllegalArgumentException(
          "[windows] expected a series [T, F], and a window, horizon and stride of at least 1, got "
              + s
              + ", "
              + window
              + ", "
              + horizon
              + " and "
              + stride);
    }
    long least = (long) window + horizon;
    if (s.dim(0) < least) {
      throw new IllegalArgumentException(
          "[windows] one window needs a series of " + least + " time steps, got " + s.dim(0));
    }
    if (Arrays.stream(variables).anyMatch(v -> v < 0 || v >= s.dim(1))) {
      throw new IllegalArgumentException(
          "[windows] expected variables from 0 to "
              + (s.dim(1) - 1)
              + ", got "
              + Arrays.toString(variables));
    }
    this.series = series;
    this.window = window;
    this.horizon = horizon;
    this.stride = stride;
    List<Tensor> columns =
        IntStream.of(variables).mapToObj(v -> series.slice(1, v, v + 1)).toList();
    predicted = columns.isEmpty() ? series : Join.concat(1, columns);
  }

  /**
   * Creates the windows of a series given as an array: see {@link #Windows(Tensor, int, int, int,
   * int...)}.
   *
   * @param series F values at each of T time steps
   */
  public static Windows of(
      float[][] series, int window, int horizon, int stride, int... variables) {
    return new Windows(Steps.of(series), window, horizon, stride, variables);
  }

  /**
   * Returns the number of following windows that share time steps with a window, past or predicted:
   * the gap that {@link Split#last(List, double, int)} needs so that no held-out value is seen in
   * training.
   */
  public int overlap() {
    return (window + horizon - 1) / stride;
  }

  @Override
  public Example get(int i) {
    int start = Objects.checkIndex(i, size()) * stride;
    int now = start + window;
    return new Example(series.slice(0, start, now), predicted.slice(0, now, now + horizon));
  }

  @Override
  public int size() {
    return (series.shape().dim(0) - window - horizon) / stride + 1;
  }

  /** Returns the sizes: the examples are too many. */
  @Override
  public String toString() {
    return size() + " windows of " + window + " + " + horizon + " steps, stride " + stride;
  }
}
