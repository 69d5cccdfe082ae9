package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Softmax;
import dev.unroll.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of each row of logits {@code [N, V]} with a class number {@code [N]}, in nats.
 */
public record CrossEntropy() implements Op {
  @Override
  public DType type(DType... in) {
    if (in[1] != DType.INT32) {
      throw new IllegalArgumentException("[crossEntropy] class ids must be int32, not " + in[1]);
    }
    return in[0];
  }

  @Override
  public Shape shape(Shape... in) {
    if (in[0].rank() != 2 || !in[1].equals(Shape.of(in[0].dim(0)))) {
      throw new IllegalArgumentException(
          "[crossEntropy] expects logits [N, V] and targets [N]: " + Shape.join(in[0], in[1]));
    }
    return in[1];
  }

  @Override
  public Tensor forward(Tensor... in) {
    return Softmax.crossEntropy(in[0], in[1]);
  }

  @Override
  public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return i == 0 ? Variable.apply(new CrossEntropyGradient(), in[0], in[1], g) : null;
  }
}
