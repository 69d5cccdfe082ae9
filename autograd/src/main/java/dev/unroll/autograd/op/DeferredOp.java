package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;

/**
 * An operation whose result is computed when it is first read: often it never is, and sums of such
 * results are computed together (see {@code GradientSum}).
 */
public interface DeferredOp extends Op {

  /** Returns whether it is deferred with these attributes. */
  default boolean isDeferred() {
    return true;
  }
}
