package dev.unroll.layers.loss;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The cross-entropy of logits {@code [..., V]} with class numbers {@code [...]}, in nats: {@code
 * log sum e^x - x[target]}.
 *
 * @param ignored the class number that stands where there is nothing to predict, besides -1
 * @param weights of each class, or none: then the mean is {@code sum w[target] loss / sum
 *     w[target]}
 * @param smoothing the share of a target that is spread evenly over all classes, at least 0 and
 *     below 1 (Szegedy, Vanhoucke, Ioffe, Shlens &amp; Wojna 2016, arXiv:1512.00567)
 */
public record CrossEntropy(int ignored, List<Double> weights, double smoothing) implements Loss {
  static final CrossEntropy PLAIN = new CrossEntropy(Softmax.IGNORED, List.of(), 0);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is outside
   */
  public CrossEntropy {
    weights = List.copyOf(weights);
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "[crossEntropy] smoothing must be at least 0 and below 1, not " + smoothing);
    }
    if (weights.stream().anyMatch(w -> !(w >= 0 && w < Double.POSITIVE_INFINITY))) {
      throw new IllegalArgumentException(
          "[crossEntropy] weights must be finite and at least 0, given " + weights);
    }
  }

  /** Returns the same that skips a class number, as of padding. */
  public CrossEntropy ignoring(int target) {
    return new CrossEntropy(target, weights, smoothing);
  }

  /** Returns the same with a weight for each class. */
  public CrossEntropy weighted(double... ofClasses) {
    return new CrossEntropy(ignored, Arrays.stream(ofClasses).boxed().toList(), smoothing);
  }

  /** Returns the same with smoothed targets. */
  public CrossEntropy smoothed(double share) {
    return new CrossEntropy(ignored, weights, share);
  }

  @Override
  public Variable of(Variable logits, Tensor targets) {
    Shape shape = logits.shape();
    if (shape.rank() == 0 || !shape.without(-1).equals(targets.shape())) {
      throw new IllegalArgumentException(
          "[crossEntropy] expects logits [..., V] and targets [...]: "
              + Shape.join(shape, targets.shape()));
    }
    int n = targets.shape().size();
    int classes = shape.dim(-1);
    if (!weights.isEmpty() && weights.size() != classes) {
      throw new IllegalArgumentException(
          "[crossEntropy] has weights of " + weights.size() + " classes, given " + shape);
    }
    int[] classOf = targets.toInts();
    double[] weight = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      boolean counts = classOf[i] != ignored && classOf[i] != Softmax.IGNORED;
      classOf[i] = counts ? classOf[i] : Softmax.IGNORED;
      boolean inside = classOf[i] >= 0 && classOf[i] < classes; // Else the operation refuses it.
      weight[i] = !counts ? 0 : weights.isEmpty() || !inside ? 1 : weights.get(classOf[i]);
      sum += weight[i];
    }
    double share = 1 / (sum == 0 ? 1 : sum);
    double[] scaled = Arrays.stream(weight).map(w -> w * share * (1 - smoothing)).toArray();
    Variable flat = logits.reshape(Shape.of(n, classes));
    Variable mean =
        flat.crossEntropy(
            Variable.of(Tensor.of(Shape.of(n), classOf)),
            Tensor.of(Shape.of(n), scaled).to(logits.type()));
    return smoothing == 0
        ? mean
        : mean.add(evenly(flat, classOf).affine(smoothing / classes * share, 0));
  }

  /**
   * The loss of targets that are spread evenly: {@code - sum w[v] log p[v]} over rows that count.
   */
  private Variable evenly(Variable logits, int... classOf) {
    double[] each = new double[logits.shape().size()];
    int classes = logits.shape().dim(1);
    for (int i = 0; i < each.length; i++) {
      boolean counts = classOf[i / classes] != Softmax.IGNORED;
      each[i] = !counts ? 0 : weights.isEmpty() ? -1 : -weights.get(i % classes);
    }
    Variable mask = Variable.of(Tensor.of(logits.shape(), each).to(logits.type()));
    return logits.logSoftmax().where(mask, Variable.scalar(logits.type(), 0)).mul(mask).sum();
  }
}
