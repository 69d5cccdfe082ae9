package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;

/** Makes symbolic variables, for the tests of what records and sums them. */
public final class Traces {
  private Traces() {}

  /** Begins a trace. */
  public static Trace begin() {
    return new Trace((i, v) -> new Role.Invariant(i), false);
  }

  /** Returns the first input of a trace. */
  public static Variable input(Trace trace, boolean gradient, int... dims) {
    return trace.input(new Role.Sequence(0), DType.FLOAT64, Shape.of(dims), gradient);
  }
}
