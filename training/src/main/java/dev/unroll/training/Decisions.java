package dev.unroll.training;

import dev.unroll.layers.loss.Targets;
import dev.unroll.tensor.Ranking;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;

/** Counts correct and incorrect classifications. */
final class Decisions {
  /** The prediction where logits are NaN or all -Infinity; never correct. */
  private static final int NONE = -2;

  private Decisions() {}

  /** Returns the number of correct predictions, and the total number. */
  static double[] right(Tensor output, Tensor targets) {
    int[] chosen = chosen(output, targets);
    int[] classes = classes(output, targets);
    double[] sums = new double[2];
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] != Softmax.IGNORED) {
        sums[0] += chosen[i] == classes[i] ? 1 : 0;
        sums[1]++;
      }
    }
    return sums;
  }

  /** Returns true positives, false positives and false negatives of a class. */
  static double[] of(int of, Tensor output, Tensor targets) {
    int[] chosen = chosen(output, targets);
    int[] classes = classes(output, targets);
    double[] sums = new double[3];
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] == of) {
        sums[chosen[i] == of ? 0 : 2]++;
      } else if (classes[i] != Softmax.IGNORED && chosen[i] == of) {
        sums[1]++;
      }
    }
    return sums;
  }

  /**
   * Returns the confusion matrix {@code [actual, predicted]}, row by row; a last column counts
   * targets without a prediction.
   */
  static double[] confusion(int size, Tensor output, Tensor targets) {
    int[] chosen = chosen(output, targets);
    int[] classes = classes(output, targets);
    if (output.shape().dim(-1) != size) {
      throw new IllegalArgumentException(
          "[classReport] expected a label for each of the "
              + output.shape().dim(-1)
              + " classes of the logits, got "
              + size);
    }
    double[] counts = new double[size * (size + 1)];
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] != Softmax.IGNORED) {
        counts[classes[i] * (size + 1) + (chosen[i] == NONE ? size : chosen[i])]++;
      }
    }
    return counts;
  }

  private static int[] classes(Tensor output, Tensor targets) {
    return Targets.ids("metric", targets, output.shape().dim(-1));
  }

  private static int[] chosen(Tensor output, Tensor targets) {
    Shape logits = output.shape();
    if (logits.rank() == 0 || !logits.without(-1).equals(targets.shape())) {
      throw new IllegalArgumentException(
          "[metric] expected logits [..., V] and targets [...], got "
              + logits
              + " and "
              + targets.shape());
    }
    Ranking.Largest largest = Ranking.topK(output, -1, 1); // NaN is checked first.
    int[] chosen = largest.indices().toInts();
    double[] values = largest.values().toDoubles();
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = values[i] > Double.NEGATIVE_INFINITY ? chosen[i] : NONE;
    }
    return chosen;
  }

  static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
