package dev.unroll.tensor.scalar;

import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The loops of the elementwise operations. They are called through an interface, so that C2
 * compiles each by itself: a switch draws all that are hot into one method, which is more than C2
 * inlines, and a vector that crosses a call goes through the heap.
 *
 * @param <A> the array type
 */
public final class ElementwiseLoops<A> {
  private final Map<Code, ElementwiseLoop<A>> loops = new EnumMap<>(Code.class);

  /** Makes a set without loops. */
  public ElementwiseLoops() {}

  /** Sets the loop of an operation, in place of the one that it has, if any. */
  public void put(Code code, ElementwiseLoop<A> loop) {
    loops.put(code, loop);
  }

  /** Applies an instruction: see {@link Kernels#elementwise}. */
  public void run(Instruction i, int n, A a, int ao, A b, int bo, A c, int co, A out, int oo) {
    Objects.requireNonNull(loops.get(i.code())).run(i, n, a, ao, b, bo, c, co, out, oo);
  }
}
