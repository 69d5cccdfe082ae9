package dev.unroll.autograd;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A differentiable operation: a record whose components are its attributes. What changes from call
 * to call is an input and never a component. {@link Variable#apply} applies one.
 *
 * <p>The gradient is written with operations on variables, so that it can itself be differentiated.
 * Whoever writes an operation of their own checks it with {@link GradCheck}; recording, summing,
 * releasing and {@link Scan} treat it as they treat the built-in ones. One that works on each
 * element by itself is a {@link Pointwise}, one with several results a {@link MultiOutputOp}.
 *
 * <pre>{@code
 * record Cube() implements Pointwise {
 *   public int emit(Program.Builder p, int... in) {
 *     return p.mul(in[0], p.mul(in[0], in[0]));
 *   }
 *
 *   public Variable gradient(int i, Variable g, Variable out, Variable... in) {
 *     return g.mul(in[0]).mul(in[0]).affine(3, 0);
 *   }
 * }
 * Variable y = Variable.apply(new Cube(), x);
 * }</pre>
 */
public interface Op {

  /**
   * Returns the shape of the result.
   *
   * @throws IllegalArgumentException if the operation is not defined for these shapes; the message
   *     names the operation and the shapes
   */
  Shape shape(Shape... in);

  /**
   * Computes the result, of the announced shape and type: another one is refused. Inputs may be
   * views.
   */
  Tensor forward(Tensor... in);

  /**
   * Returns the gradient by one input, or null if it is zero everywhere. Asked only if needed.
   *
   * @param i which input
   * @param g the gradient by the result, of its shape
   * @param out the result
   * @return of the shape of input i
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
        throw new IllegalArgumentException("[" + name() + "] types differ: " + Arrays.toString(in));
      }
    }
    return in[0];
  }

  /** Returns the name that messages show: by default that of the class, its first letter small. */
  default String name() {
    return OpName.OF_CLASS.get(getClass());
  }
}
