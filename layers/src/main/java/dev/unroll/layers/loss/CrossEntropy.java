package dev.unroll.layers.loss;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The cross-entropy of logits {@code [..., V]} with int32 class ids {@code [...]}, in nats: {@code
 * log sum e^x - x[target]}.
 *
 * {@snippet class="snippets.LossTest" region="CrossEntropy"}
 *
 * @param ignored the class id of positions without a target, in addition to -1
 * @param weights of each class, 0 or from 1e-20 to 1e20, or none: with weights the mean is {@code
 *     sum w[target] loss / sum w[target]}; where that sum is 0, the loss is the numerator
 * @param smoothing the fraction of a target that is spread evenly over all classes, at least 0 and
 *     below 1 (Szegedy, Vanhoucke, Ioffe, Shlens &amp; Wojna 2016, arXiv:1512.00567)
 */
public record CrossEntropy(int ignored, List<Double> weights, double smoothing) implements Loss {
  /** The limit keeps sums of weights, and their products with losses, normal in float32. */
  private static final double LARGEST = 1e20;

  private static final double SMALLEST = 1e-20;

  static final CrossEntropy PLAIN = new CrossEntropy(Softmax.IGNORED, List.of(), 0);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is outside
   */
  public CrossEntropy {
    Objects.requireNonNull(weights, "weights").forEach(w -> Objects.requireNonNull(w, "weight"));
    weights = List.copyOf(weights);
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "[crossEntropy] expected smoothing of at least 0 and below 1, got " + smoothing);
    }
    for (double w : weights) {
      if (!(w == 0 || (w >= SMALLEST && w <= LARGEST))) {
        throw new IllegalArgumentException(
            "[crossEntropy] expected weights of 0 or from 1.0E-20 to 1.0E20, got " + w);
      }
    }
  }

  /** Returns a copy that ignores a class id, such as that of padding. */
  public CrossEntropy ignoring(int target) {
    return new CrossEntropy(target, weights, smoothing);
  }

  /** Returns a copy with a weight per class. */
  public CrossEntropy weighted(double... ofClasses) {
    Objects.requireNonNull(ofClasses, "ofClasses");
    return new CrossEntropy(ignored, Arrays.stream(ofClasses).boxed().toList(), smoothing);
  }

  /**
   * Returns a copy with smoothed targets. A target whose class has weight 0 contributes nothing,
   * including its smoothing, so that the mean of a batch is the weighted mean of its parts.
   */
  public CrossEntropy smoothed(double smoothing) {
    return new CrossEntropy(ignored, weights, smoothing);
  }

  @Override
  public Tensor predicted(Tensor targets) {
    int[] ids = Targets.ids("crossEntropy", targets);
    if (ignored == Softmax.IGNORED || Arrays.stream(ids).noneMatch(id -> id == ignored)) {
      return targets;
    }
    Arrays.setAll(ids, i -> ids[i] == ignored ? Softmax.IGNORED : ids[i]);
    return Tensor.of(targets.shape(), ids);
  }

  /**
   * Returns the sum of the weights of all predicted targets, or their number if there are no
   * weights.
   */
  @Override
  public double weight(Tensor targets) {
    Tensor predicted = predicted(targets);
    return weights.isEmpty()
        ? Targets.count(predicted)
        : Arrays.stream(ofRows(Targets.ids("crossEntropy", predicted, weights.size()))).sum();
  }

  /** Returns the weight of each row: that of its class, 0 without a target. */
  private double[] ofRows(int... ids) {
    double[] weight = new double[ids.length];
    for (int i = 0; i < ids.length; i++) {
      weight[i] = ids[i] == Softmax.IGNORED ? 0 : weights.isEmpty() ? 1 : weights.get(ids[i]);
    }
    return weight;
  }

  @Override
  public Variable of(Variable logits, Tensor targets) {
    Shape shape = Objects.requireNonNull(logits, "output").shape();
    Objects.requireNonNull(targets, "targets");
    if (shape.rank() == 0 || !shape.without(-1).equals(targets.shape())) {
      throw new IllegalArgumentException(
          "[crossEntropy] expected logits [..., V] and targets [...], got "
              + Shape.join(shape, targets.shape()));
    }
    int n = targets.shape().size();
    int classes = shape.dim(-1);
    if (classes == 0) {
      throw new IllegalArgumentException(
          "[crossEntropy] expected logits of at least one class, got " + shape);
    }
    if (!weights.isEmpty() && weights.size() != classes) {
      throw new IllegalArgumentException(
          "[crossEntropy] has weights of " + weights.size() + " classes, given " + shape);
    }
    int[] ids = Targets.ids("crossEntropy", predicted(targets), classes);
    double[] weight = ofRows(ids);
    double sum = Arrays.stream(weight).sum();
    double total = sum == 0 ? 1 : sum;
    double[] scaled = new double[n];
    int[] hard = new int[n];
    for (int i = 0; i < n; i++) {
      scaled[i] = weight[i] * (1 - smoothing) / total;
      hard[i] = weight[i] == 0 ? Softmax.IGNORED : ids[i]; // 0 times its loss may be NaN.
    }
    Variable flat = logits.reshape(Shape.of(n, classes));
    Variable mean =
        flat.crossEntropy(
            Variable.of(Tensor.of(Shape.of(n), hard)),
            Tensor.of(Shape.of(n), scaled).to(logits.type()));
    return smoothing == 0 ? mean : mean.add(evenly(flat, hard).mul(smoothing / (classes * total)));
  }

  /**
   * Returns the loss of uniform targets: {@code - sum w[v] log p[v]} over rows that are not
   * ignored.
   */
  private Variable evenly(Variable logits, int... ids) {
    double[] each = new double[logits.shape().size()];
    int classes = logits.shape().dim(1);
    for (int i = 0; i < each.length; i++) {
      boolean counts = ids[i / classes] != Softmax.IGNORED;
      each[i] = !counts ? 0 : weights.isEmpty() ? -1 : -weights.get(i % classes);
    }
    double[] counted =
        Arrays.stream(ids).mapToDouble(id -> id == Softmax.IGNORED ? 0 : 1).toArray();
    Variable mask = Variable.of(Tensor.of(logits.shape(), each).to(logits.type()));
    Variable rows = Variable.of(Tensor.of(Shape.of(ids.length, 1), counted).to(logits.type()));
    Variable zero = Variable.scalar(logits.type(), 0);
    return logits.where(rows, zero).logSoftmax().where(mask, zero).mul(mask).sum();
  }
}
