package dev.unroll.tensor;

import dev.unroll.tensor.OnnxOps.Op;
import dev.unroll.tensor.spi.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The operations of ONNX that run along rows: softmax, norms and losses. */
final class OnnxLosses {
  private OnnxLosses() {}

  static Map<String, Op> ops() {
    return Map.of(
        "Softmax", c -> List.of(Softmax.softmax(last(c)).transpose(axis(c), -1)),
        "LogSoftmax", c -> List.of(Softmax.logSoftmax(last(c)).transpose(axis(c), -1)),
        "Hardmax", OnnxLosses::hardmax,
        "LayerNormalization", OnnxLosses::layerNorm,
        "RMSNormalization", OnnxLosses::rmsNorm,
        "SoftmaxCrossEntropyLoss", OnnxLosses::crossEntropy,
        "NegativeLogLikelihoodLoss", OnnxLosses::likelihood);
  }

  private static int axis(OnnxCase c) {
    return c.integer("axis", -1);
  }

  private static Tensor last(OnnxCase c) {
    return c.in(0).transpose(axis(c), -1);
  }

  private static List<Tensor> hardmax(OnnxCase c) {
    Tensor x = last(c);
    Tensor one = Rows.oneHot(x.type(), Ranking.argMax(x, -1), x.shape().dim(-1));
    return List.of(one.transpose(axis(c), -1));
  }

  /** The axes from {@code axis} on become one. */
  private static Tensor flat(OnnxCase c) {
    Shape s = c.in(0).shape();
    int rows = IntStream.range(0, s.axis(axis(c))).map(s::dim).reduce(1, (a, b) -> a * b);
    return c.in(0).reshape(rows, s.size() / rows);
  }

  private static List<Tensor> layerNorm(OnnxCase c) {
    Shape s = c.in(0).shape();
    Tensor x = flat(c);
    Shape row = x.shape().with(-1, 1);
    Tensor mean = Reduction.meanTo(x, row);
    Tensor centered = OnnxOps.code(Code.SUB, x, mean);
    Tensor variance = Reduction.meanTo(centered.mul(centered), row);
    Tensor root = OnnxOps.code(Code.SQRT, OnnxOps.affine(variance, 1, c.real("epsilon", 1e-5)));
    Tensor y = OnnxOps.code(Code.DIV, centered, root).reshape(s.dims()).mul(c.in(1));
    Shape column = s;
    for (int a = s.axis(axis(c)); a < s.rank(); a++) {
      column = column.with(a, 1);
    }
    return List.of(
        c.has(2) ? y.add(c.in(2)) : y,
        mean.reshape(column.dims()),
        OnnxOps.code(Code.DIV, OnnxOps.like(root, 1), root).reshape(column.dims()));
  }

  private static List<Tensor> rmsNorm(OnnxCase c) {
    Tensor x = flat(c);
    Tensor squares = Reduction.meanTo(x.mul(x), x.shape().with(-1, 1));
    Tensor root = OnnxOps.code(Code.SQRT, OnnxOps.affine(squares, 1, c.real("epsilon", 1e-5)));
    Tensor y = OnnxOps.code(Code.DIV, x, root).reshape(c.in(0).shape().dims());
    return List.of(y.mul(c.in(1)));
  }

  /** Scores [N, C, ...] with the classes last, as rows. */
  private static Tensor rows(Tensor x) {
    Tensor turned = x;
    for (int a = 1; a + 1 < x.shape().rank(); a++) {
      turned = turned.transpose(a, a + 1);
    }
    return turned.reshape(x.shape().size() / x.shape().dim(1), x.shape().dim(1));
  }

  private static Tensor targets(OnnxCase c) {
    int ignored = c.integer("ignore_index", Integer.MIN_VALUE);
    int[] t = c.value(1).integers();
    return Tensor.of(
        Shape.of(t.length),
        Arrays.stream(t).map(i -> i == ignored ? Softmax.IGNORED : i).toArray());
  }

  private static List<Tensor> crossEntropy(OnnxCase c) {
    Tensor losses = Softmax.crossEntropy(rows(c.in(0)), targets(c));
    Tensor log = Softmax.logSoftmax(c.in(0).transpose(1, -1)).transpose(1, -1);
    return List.of(total(c, losses), log);
  }

  private static List<Tensor> likelihood(OnnxCase c) {
    Tensor x = rows(c.in(0));
    Tensor hot = Rows.oneHot(x.type(), classes(c), x.shape().dim(1));
    return List.of(total(c, OnnxOps.affine(Reduction.sum(x.mul(hot), 1), -1, 0)));
  }

  /** The targets with some class where they do not count. */
  private static Tensor classes(OnnxCase c) {
    Tensor t = targets(c);
    return Tensor.of(t.shape(), Arrays.stream(t.toInts()).map(i -> Math.max(i, 0)).toArray());
  }

  private static Tensor total(OnnxCase c, Tensor losses) {
    Tensor ones = Tensor.full(losses.type(), losses.shape(), 1);
    Tensor weights = c.has(2) ? Rows.gather(c.in(2), classes(c)) : ones;
    Tensor zero = OnnxOps.like(losses, 0);
    Tensor ignored = targets(c).to(losses.type());
    Tensor kept = weights.where(OnnxOps.affine(ignored, 1, 1), zero);
    // Where a target is -1, 1 + target is 0.
    Tensor weighted = losses.mul(kept);
    return switch (c.text("reduction", "mean")) {
      case "none" -> weighted.reshape(c.value(1).dims());
      case "sum" -> Reduction.sum(weighted);
      default -> OnnxOps.code(Code.DIV, Reduction.sum(weighted), Reduction.sum(kept));
    };
  }
}
