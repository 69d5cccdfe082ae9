package dev.unroll.autograd;

import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A differentiable operation with several results; one with a single result is an {@link Op}.
 * {@link Variable#apply(MultiOutputOp, List)} applies one.
 *
 * <p>It may keep what its gradient needs from {@link #forward}, and is then applied only once.
 */
public interface MultiOutputOp {

  /** Computes the results. */
  List<Tensor> forward(List<Tensor> in);

  /**
   * Returns the gradient by each input, or null where it is zero or not needed: an input says so
   * with {@link Variable#requiresGradient}. Written with operations on variables, it can itself be
   * differentiated.
   *
   * @param g the gradient by each result, of its shape; null where none arrived
   * @return of the shapes of the inputs
   */
  List<@Nullable Variable> gradient(List<@Nullable Variable> g, List<Variable> in);

  /** Returns the name that messages show: by default that of the class, its first letter small. */
  default String name() {
    String name = getClass().getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
