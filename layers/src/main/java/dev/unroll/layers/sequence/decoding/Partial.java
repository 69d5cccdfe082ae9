package dev.unroll.layers.sequence.decoding;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A partial sequence of a search: a sequence and an appended token. */
final class Partial {
  private final @Nullable Partial before;
  private final int token;
  private final double logProbability;
  private final Tensor attention;
  private final double sum;
  private final int length;

  private Partial(
      @Nullable Partial before, int token, double logProbability, Tensor attention, double sum) {
    this.before = before;
    this.token = token;
    this.logProbability = logProbability;
    this.attention = attention;
    this.sum = sum;
    length = before == null ? 0 : before.length + 1;
  }

  /** Returns the sequence of only the begin token, which is not part of the result. */
  static Partial begin(int token) {
    return new Partial(null, token, 0, Tensor.zeros(DType.FLOAT32, Shape.of(0)), 0);
  }

  /**
   * Returns this sequence with an appended token.
   *
   * @param looked the attention weights, {@code [S]}
   */
  Partial then(int next, double itsLogProbability, Tensor looked) {
    return new Partial(this, next, itsLogProbability, looked, sum + itsLogProbability);
  }

  int token() {
    return token;
  }

  /** Returns the logarithm of the probability of all tokens. */
  double sum() {
    return sum;
  }

  /** Returns the number of generated tokens. */
  int length() {
    return length;
  }

  Hypothesis hypothesis(boolean ended, double alpha) {
    List<Integer> tokens = new ArrayList<>();
    List<Double> logProbabilities = new ArrayList<>();
    List<Tensor> looked = new ArrayList<>();
    for (Partial p = this; p.before != null; p = p.before) {
      tokens.addFirst(p.token);
      logProbabilities.addFirst(p.logProbability);
      looked.addFirst(p.attention);
    }
    if (ended) {
      tokens.removeLast();
    }
    double score = sum / Math.pow((5 + length) / 6.0, alpha);
    return new Hypothesis(tokens, logProbabilities, ended, score, stacked(looked));
  }

  private static Tensor stacked(List<Tensor> rows) {
    int width = rows.getFirst().shape().dim(0);
    float[] all = new float[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i).toFloats(), 0, all, i * width, width);
    }
    return Tensor.of(Shape.of(rows.size(), width), all);
  }
}
