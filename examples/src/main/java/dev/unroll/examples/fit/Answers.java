package dev.unroll.examples.fit;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Applies a trained model to examples. */
public final class Answers {
  private static final int BATCH = 250;

  private Answers() {}

  /** Returns the outputs for each example, arrays of equal length. */
  public static List<double[]> of(Task task, List<Example> examples) {
    List<double[]> rows = new ArrayList<>();
    for (int at = 0; at < examples.size(); at += BATCH) {
      int end = Math.min(examples.size(), at + BATCH);
      Batch batch = ExampleBatches.batch(examples.subList(at, end));
      Tensor output =
          Variable.withoutGradient(
              () -> task.apply(batch, List.of(), Mode.evaluation()).output().value());
      double[] all = output.toDoubles();
      int width = all.length / batch.size();
      for (int i = 0; i < batch.size(); i++) {
        rows.add(Arrays.copyOfRange(all, i * width, (i + 1) * width));
      }
    }
    return rows;
  }

  /**
   * Returns the id of the class whose score is the largest.
   *
   * @throws ArithmeticException if a score is NaN
   */
  public static int largest(double... scores) {
    int best = 0;
    for (int c = 0; c < scores.length; c++) {
      if (Double.isNaN(scores[c])) {
        throw new ArithmeticException("the score of class " + c + " is NaN");
      }
      best = scores[c] > scores[best] ? c : best;
    }
    return best;
  }
}
