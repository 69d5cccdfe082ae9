package dev.unroll.data;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * A sequence and its target.
 *
 * @param input {@code [T, ...]}
 * @param target of any shape: a class id {@code []}, one target per step {@code [T, ...]}, future
 *     values {@code [horizon, variables]}
 */
public record Example(Tensor input, Tensor target) {

  /** Checks that the input is a sequence. */
  public Example {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(target, "target");
    if (input.shape().rank() == 0) {
      throw new IllegalArgumentException("[example] the input must be [T, ...], given []");
    }
  }

  /**
   * Returns a sequence of ids and its class.
   *
   * @param target the class id; -1 if unknown
   */
  public static Example of(int[] ids, int target) {
    return new Example(sequence(ids), Tensor.of(Shape.of(), new int[] {target}));
  }

  /** Returns a sequence of ids and its target sequence: one tag per id, or other ids. */
  public static Example of(int[] ids, int[] targets) {
    return new Example(sequence(ids), sequence(targets));
  }

  /**
   * Returns a sequence of feature vectors, {@code [T, F]}, and its class.
   *
   * @param steps F values at each of T steps, both at least 1
   * @param target the class id; -1 if unknown
   */
  public static Example of(float[][] steps, int target) {
    return new Example(Steps.of(steps), Tensor.of(Shape.of(), target));
  }

  /** Returns a sequence of feature vectors, {@code [T, F]}, and one class id per step. */
  public static Example of(float[][] steps, int[] targets) {
    return new Example(Steps.of(steps), sequence(targets));
  }

  /** Returns a sequence of feature vectors, {@code [T, F]}, and values, {@code [K]}. */
  public static Example of(float[][] steps, float[] target) {
    return new Example(Steps.of(steps), row(target));
  }

  /** Returns a sequence of feature vectors, {@code [T, F]}, and values, {@code [T, K]}. */
  public static Example of(float[][] steps, float[][] targets) {
    return new Example(Steps.of(steps), Steps.of(targets));
  }

  /**
   * Returns examples of sequences of feature vectors, which may differ in length, and their
   * classes.
   *
   * {@snippet class="snippets.DataTest" region="Arrays"}
   *
   * @param inputs {@code [T, F]} each
   * @param labels one class id per sequence; -1 if unknown
   * @throws IllegalArgumentException if there are not as many labels as sequences
   */
  public static List<Example> ofSequences(List<float[][]> inputs, int[] labels) {
    return Steps.examples(inputs.size(), labels.length, i -> of(inputs.get(i), labels[i]));
  }

  /**
   * Returns examples of sequences of feature vectors and values to predict.
   *
   * @param inputs {@code [T, F]} each
   * @param targets {@code [K]} for each sequence
   * @throws IllegalArgumentException if there are not as many targets as sequences
   */
  public static List<Example> ofSequences(List<float[][]> inputs, float[][] targets) {
    return Steps.examples(inputs.size(), targets.length, i -> of(inputs.get(i), targets[i]));
  }

  /**
   * Returns examples of series of one variable, which may differ in length, and their classes:
   * inputs {@code [T, 1]}.
   *
   * @param series T values each
   * @param labels one class id per series; -1 if unknown
   * @throws IllegalArgumentException if there are not as many labels as series
   */
  public static List<Example> ofSeries(List<float[]> series, int[] labels) {
    return Steps.examples(
        series.size(),
        labels.length,
        i -> new Example(column(series.get(i)), Tensor.of(Shape.of(), labels[i])));
  }

  /**
   * Returns examples of series of one variable and values to predict: inputs {@code [T, 1]}.
   *
   * @param series T values each
   * @param targets {@code [K]} for each series
   * @throws IllegalArgumentException if there are not as many targets as series
   */
  public static List<Example> ofSeries(List<float[]> series, float[][] targets) {
    return Steps.examples(
        series.size(), targets.length, i -> new Example(column(series.get(i)), row(targets[i])));
  }

  /**
   * Returns examples of feature vectors of fixed length, which are no sequences, and their classes:
   * inputs {@code [F]}, so that a batch of them is {@code [B, F]}.
   *
   * @param rows F values each
   * @param labels one class id per row; -1 if unknown
   * @throws IllegalArgumentException if there are not as many labels as rows, or if rows differ in
   *     their length
   */
  public static List<Example> ofRows(float[][] rows, int[] labels) {
    Tensor all = Steps.of(rows);
    return Steps.examples(
        rows.length,
        labels.length,
        i -> new Example(all.select(0, i), Tensor.of(Shape.of(), labels[i])));
  }

  /**
   * Returns examples of feature vectors of fixed length and values to predict, {@code [K]} each.
   */
  public static List<Example> ofRows(float[][] rows, float[][] targets) {
    Tensor all = Steps.of(rows);
    return Steps.examples(
        rows.length, targets.length, i -> new Example(all.select(0, i), row(targets[i])));
  }

  /**
   * Returns examples of sequences of token ids, which may differ in length, and their classes.
   *
   * @throws IllegalArgumentException if there are not as many labels as sequences
   */
  public static List<Example> ofIds(int[][] ids, int[] labels) {
    return Steps.examples(ids.length, labels.length, i -> of(ids[i], labels[i]));
  }

  /**
   * Returns examples of sequences of token ids and target sequences, such as one tag per id.
   *
   * @throws IllegalArgumentException if there are not as many target sequences as sequences
   */
  public static List<Example> ofIds(int[][] ids, int[][] targets) {
    return Steps.examples(ids.length, targets.length, i -> of(ids[i], targets[i]));
  }

  private static Tensor column(float... values) {
    return Tensor.of(Shape.of(values.length, 1), values);
  }

  private static Tensor row(float... values) {
    return Tensor.of(Shape.of(values.length), values);
  }

  private static Tensor sequence(int... ids) {
    return Tensor.of(Shape.of(ids.length), ids);
  }

  /** Returns the number of steps, T. */
  public int length() {
    return input.shape().dim(0);
  }
}
