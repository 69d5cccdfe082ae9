package dev.unroll.optim;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import java.util.Map;

/** Clamps every element; the norm is computed to detect NaN and infinity. */
record ClipByValue(double limit) implements Clipping.Method {
  ClipByValue {
    Checks.positive("limit", limit);
  }

  @Override
  public Clipping.Clipped apply(Map<Parameter, Gradient> gradients) {
    double norm = Clipping.globalNorm(gradients, Double.MAX_VALUE).norm();
    return new Clipping.Clipped(Clipping.value(gradients, limit), norm);
  }

  @Override
  public String toString() {
    return "byValue(" + limit + ")";
  }
}
