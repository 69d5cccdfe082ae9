package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import java.util.Objects;

/**
 * {@code y = x W + b}: {@code [..., I] -> [..., O]}.
 *
 * <p>The weight is the transpose of that of PyTorch's {@code nn.Linear}, {@code [O, I]}, and of an
 * ONNX {@code Gemm} with {@code transB}; it equals that of Keras' {@code Dense}. See {@link
 * dev.unroll.layers.recurrent.foreign.ForeignWeights#linear}.
 *
 * {@snippet class="snippets.LayersTest" region="Linear"}
 *
 * @param weight {@code [I, O]}
 * @param bias {@code [O]}
 */
public record Linear(Parameter weight, Parameter bias) implements Deterministic {

  /** Checks for null. */
  public Linear {
    Objects.requireNonNull(weight, "weight");
    Objects.requireNonNull(bias, "bias");
  }

  /** Returns a layer with Glorot weights and a bias of zero. */
  public static Linear of(int inputSize, int outputSize, Init init) {
    Objects.requireNonNull(init, "init");
    return new Linear(
        init.at("weight").glorot(inputSize, outputSize, 1), init.at("bias").zeros(outputSize));
  }

  @Override
  public Variable apply(Variable x) {
    return Vectors.asRows(x, rows -> rows.linear(weight, bias));
  }

  @Override
  public void describe(Parts parts) {
    parts.parameter("weight", weight).parameter("bias", bias);
  }

  @Override
  public String toString() {
    return "Linear[" + weight.shape().dim(0) + " -> " + weight.shape().dim(1) + "]";
  }
}
