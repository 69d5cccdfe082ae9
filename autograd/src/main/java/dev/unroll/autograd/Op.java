package dev.unroll.autograd;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A differentiable operation: a record whose components are its attributes. Values that change from
 * call to call are inputs, never components. {@link Variable#apply} applies it.
 *
 * <p>The gradient consists of operations on variables, so that it can be differentiated in turn.
 * Check your own operations with {@link GradCheck}; recording, accumulation, release and {@link
 * Scan} treat them like the built-in ones. Elementwise operations implement {@link Pointwise}; for
 * several results, see {@link MultiOutputOp}.
 *
 * {@snippet class="snippets.AutogradTest" region="Cube"}
 */
public interface Op {

  /**
   * Returns the shape of the result.
   *
   * @throws IllegalArgumentException if the operation is not defined for these shapes; the message
   *     names the operation and the shapes
   */
  Shape shape(Shape... in);

  /** Computes the result, which must have the declared shape and type. Inputs may be views. */
  Tensor forward(Tensor... in);

  /**
   * Returns the gradient with respect to one input, or null if it is zero everywhere. Called only
   * if needed.
   *
   * @param i the index of the input
   * @param g the gradient with respect to the result, of its shape
   * @param out the result
   * @return the gradient, of the shape of input i
   */
  @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in);

  /**
   * Returns the type of the result: by default that of all inputs.
   *
   * @throws IllegalArgumentException if the operation is not defined for these types
   */
  default DType type(DType... in) {
    for (DType t : in) {
      if (t != in[0]) {
        throw new IllegalArgumentException(
            "[" + name() + "] expected operands of one type, got " + DType.join(in));
      }
    }
    return in[0];
  }

  /** Returns the name used in messages; by default, the class name in lower camel case. */
  default String name() {
    return OpName.OF_CLASS.get(getClass());
  }
}
