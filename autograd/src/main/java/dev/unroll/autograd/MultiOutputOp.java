package dev.unroll.autograd;

import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A differentiable operation with several results; for a single result, see {@link Op}. {@link
 * Variable#apply(MultiOutputOp, List)} applies it.
 *
 * <p>An instance that saves values in {@link #forward} for its gradient may be applied only once.
 */
public interface MultiOutputOp {

  /** Computes the results. */
  List<Tensor> forward(List<Tensor> in);

  /**
   * Returns the gradient with respect to each input, or null where it is zero or not needed (see
   * {@link Variable#requiresGradient}). It consists of operations on variables, so that it can be
   * differentiated in turn.
   *
   * @param g the gradient with respect to each result, of its shape; null where there is none
   * @return gradients of the shapes of the inputs
   */
  List<@Nullable Variable> gradient(List<@Nullable Variable> g, List<Variable> in);

  /** Returns the name used in messages; by default, the class name in lower camel case. */
  default String name() {
    String name = getClass().getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
