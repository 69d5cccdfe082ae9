package dev.unroll.tensor.scalar;

import dev.unroll.tensor.spi.Instruction;

/**
 * The loop of one elementwise operation.
 *
 * @param <A> the array type
 */
@FunctionalInterface
public interface ElementwiseLoop<A> {
  /** Applies an instruction to {@code n} elements: see {@link ElementwiseLoops#run}. */
  void run(Instruction i, int n, A x, int xo, A y, int yo, A z, int zo, A out, int oo);
}
