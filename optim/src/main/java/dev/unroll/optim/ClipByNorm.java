package dev.unroll.optim;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import java.util.Map;

/** Clips by the global norm. */
record ClipByNorm(double max) implements Clipping.Method {
  ClipByNorm {
    Checks.positive("max", max);
  }

  @Override
  public Clipping.Clipped apply(Map<Parameter, Gradient> gradients) {
    return Clipping.globalNorm(gradients, max);
  }

  @Override
  public String toString() {
    return "byNorm(" + max + ")";
  }
}
