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
 * Windows that slide over a time series: what was seen, {@code [window, F]}, and what came next,
 * {@code [horizon, variables]}. Each is a view, made when it is asked for. Neighbours share times
 * where the stride is less than window and horizon together: a split must leave out the {@link
 * #overlap} between its parts.
 */
public final class Windows extends AbstractList<Example> {
  private final Tensor series;
  private final Tensor predicted;
  private final int window;
  private final int horizon;
  private final int stride;

  /**
   * Returns the windows of a series.
   *
   * @param series {@code [T, F]}: F variables at T times
   * @param window how many times are seen, at least 1
   * @param horizon how many are to be predicted, at least 1
   * @param stride times from the beginning of one window to that of the next, at least 1
   * @param variables columns of the series, from 0, that are predicted; all if none is named
   * @throws IllegalArgumentException if a number is outside, or the series is too short for one
   *     window
   */
  public Windows(Tensor series, int window, int horizon, int stride, int... variables) {
    Shape s = series.shape();
    if (s.rank() != 2 || Math.min(window, Math.min(horizon, stride)) < 1) {
      throw new IllegalArgumentException(
          "[windows] expects a series [T, F] and window, horizon and stride of at least 1, given "
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
          "[windows] one window needs " + least + " times, the series has " + s.dim(0));
    }
    if (Arrays.stream(variables).anyMatch(v -> v < 0 || v >= s.dim(1))) {
      throw new IllegalArgumentException(
          "[windows] variables must be from 0 to "
              + (s.dim(1) - 1)
              + ", given "
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
   * Returns how many of the windows that follow one share times with it, seen or predicted: the gap
   * that {@link Split#last(List, double, int)} needs so that nothing held out was seen before.
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
}
