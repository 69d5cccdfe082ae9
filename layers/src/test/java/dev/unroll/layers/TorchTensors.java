package dev.unroll.layers;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import dev.unroll.testing.TorchCase;
import java.util.List;
import java.util.Map;

/** The tensors of a case of PyTorch, in float64, and what is compared with them. */
public final class TorchTensors {
  private TorchTensors() {}

  /** Returns the cases of {@code torch/SET}; skips the test where they are absent. */
  public static List<TorchCase> all(String set) {
    return TorchCase.all(set, (t, expected, got) -> Tolerance.of(t).difference(expected, got));
  }

  /** Returns a tensor of a case. */
  public static Tensor read(TorchCase c, String name) {
    TorchCase.Values values = c.tensor(name);
    return Tensor.of(Shape.of(values.shape()), values.data());
  }

  /** Returns ids of a case. */
  public static Tensor ids(TorchCase c, String name) {
    return read(c, name).to(DType.INT32);
  }

  /** Compares a tensor of the case with what was computed. */
  public static void compare(TorchCase c, String name, Tensor computed) {
    c.compare(name, computed.shape().dims(), computed.toDoubles());
  }

  /** Returns a term of the loss: the sum of a result times its seed in the case. */
  public static Variable term(TorchCase c, Variable result, String seed) {
    return result.mul(Variable.of(read(c, seed))).sum();
  }

  /** Returns the gradients of a loss; zeros by what it does not depend on. */
  public static Map<Parameter, Gradient> gradients(Variable loss, List<Parameter> by) {
    return Gradients.of(loss, by);
  }

  /** Returns one of the gradients; zeros if the loss does not depend on the parameter. */
  public static Tensor gradient(Map<Parameter, Gradient> all, Parameter p) {
    Gradient g = all.get(p);
    return g == null ? Tensor.zeros(p.type(), p.shape()) : g.dense();
  }
}
