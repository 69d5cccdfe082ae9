package dev.unroll.training;

import dev.unroll.data.BatchSource;
import dev.unroll.tensor.Softmax;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The quality of a classifier by class: the confusion matrix, precision, recall and F1 of each
 * class, accuracy, and macro averages.
 *
 * {@snippet class="snippets.ClassReportTest" region="ClassReport"}
 */
public final class ClassReport {
  private final List<String> labels;

  /** {@code [actual][predicted]}; the last column counts targets without a prediction. */
  private final long[][] counts;

  private ClassReport(List<String> labels, long[][] counts) {
    this.labels = labels;
    this.counts = counts;
  }

  /**
   * Returns the report of a model on held-out data, evaluated as by {@link Evaluation}: the
   * prediction is the class of the largest logit. Where a logit is NaN, or all are -Infinity, there
   * is no prediction, which is wrong.
   *
   * @param source restored to its position afterwards
   * @param labels the name of each class, in the order of the logits
   * @throws IllegalArgumentException if there is no label, two are equal, their number is not that
   *     of the logits, or the source has no targets
   */
  public static ClassReport of(Task task, BatchSource source, List<String> labels) {
    List<String> names = checked(labels);
    Confusion confusion = new Confusion(names.size());
    Evaluation.of(task, source, confusion);
    return new ClassReport(names, confusion.counts());
  }

  /**
   * Returns the report of predictions.
   *
   * @param predicted the predicted class ids; -1 where there is no prediction, which is wrong
   * @param actual the true class ids, as many; -1 where there is no target, which counts for
   *     nothing
   * @param labels the name of each class, by id
   * @throws IllegalArgumentException if there is no label, two are equal, the arrays have different
   *     lengths, or an id is out of range
   */
  public static ClassReport of(int[] predicted, int[] actual, List<String> labels) {
    List<String> names = checked(labels);
    Objects.requireNonNull(predicted, "predicted");
    Objects.requireNonNull(actual, "actual");
    if (predicted.length != actual.length) {
      throw new IllegalArgumentException(
          "[classReport] expected as many predicted as actual ids, got "
              + predicted.length
              + " and "
              + actual.length);
    }
    int n = names.size();
    long[][] counts = new long[n][n + 1];
    for (int i = 0; i < actual.length; i++) {
      int truth = id(actual[i], n, "actual", i);
      int chosen = id(predicted[i], n, "predicted", i);
      if (truth != Softmax.IGNORED) {
        counts[truth][chosen == Softmax.IGNORED ? n : chosen]++;
      }
    }
    return new ClassReport(names, counts);
  }

  private static int id(int id, int classes, String name, int index) {
    if (id < Softmax.IGNORED || id >= classes) {
      throw new IllegalArgumentException(
          "[classReport] expected class ids from 0 to "
              + (classes - 1)
              + ", or -1, got "
              + id
              + " at "
              + name
              + "["
              + index
              + "]");
    }
    return id;
  }

  private static List<String> checked(List<String> labels) {
    Objects.requireNonNull(labels, "labels").forEach(l -> Objects.requireNonNull(l, "label"));
    if (labels.isEmpty() || new HashSet<>(labels).size() < labels.size()) {
      throw new IllegalArgumentException(
          "[classReport] expected at least one label, all different, got " + labels);
    }
    return List.copyOf(labels);
  }

  /** Returns the name of each class, by id. */
  public List<String> labels() {
    return labels;
  }

  /**
   * Returns the number of targets of a class for which another one, or the same, was predicted: an
   * element of the confusion matrix.
   *
   * @param actual the id of the true class
   * @param predicted the id of the predicted class
   */
  public long count(int actual, int predicted) {
    return counts[checked(actual)][checked(predicted)];
  }

  private int checked(int of) {
    return Objects.checkIndex(of, labels.size());
  }

  /** Returns the number of targets of a class. */
  public long support(int of) {
    return Arrays.stream(counts[checked(of)]).sum();
  }

  /** Returns the number of targets of all classes. */
  public long support() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  private long predictions(int of) {
    return Arrays.stream(counts).mapToLong(row -> row[of]).sum();
  }

  private static double ratio(long part, long whole) {
    return Decisions.ratio((double) part, (double) whole);
  }

  /** Returns the fraction of the predictions of a class that are correct: see {@link Metric}. */
  public double precision(int of) {
    return ratio(count(of, of), predictions(of));
  }

  /** Returns the fraction of the targets of a class that are predicted: see {@link Metric}. */
  public double recall(int of) {
    return ratio(count(of, of), support(of));
  }

  /** Returns the harmonic mean of precision and recall of a class: see {@link Metric#f1}. */
  public double f1(int of) {
    return ratio(2 * count(of, of), support(of) + predictions(of));
  }

  /** Returns the fraction of correct predictions; 0 without a target. */
  public double accuracy() {
    long right = IntStream.range(0, labels.size()).mapToLong(c -> counts[c][c]).sum();
    return ratio(right, support());
  }

  /** Returns the mean precision of the classes that occur or are predicted; 0 without any. */
  public double macroPrecision() {
    return macro(this::precision);
  }

  /** Returns the mean recall of the classes that occur or are predicted; 0 without any. */
  public double macroRecall() {
    return macro(this::recall);
  }

  /** Returns the mean F1 of the classes that occur or are predicted; 0 without any. */
  public double macroF1() {
    return macro(this::f1);
  }

  private double macro(IntToDoubleFunction of) {
    return IntStream.range(0, labels.size())
        .filter(c -> support(c) + predictions(c) > 0)
        .mapToDouble(of)
        .average()
        .orElse(0);
  }

  /** Returns a table for fixed-width fonts; the confusion matrix is part of it up to 20 classes. */
  @Override
  public String toString() {
    return ReportTable.of(this);
  }
}
