package dev.unroll.optim;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.BitSet;

/** Checks whether gradients match their parameters, before any parameter is updated. */
final class GradientChecks {
  private GradientChecks() {}

  /**
   * Checks the type, shape and rows of a gradient; its values may be anything, NaN included.
   *
   * @throws IllegalArgumentException if they do not match the parameter
   * @throws IllegalStateException if its values were freed with their scope
   */
  static void check(String name, Parameter p, Gradient g) {
    Tensor stored = g.stored();
    boolean fits = stored.type() == p.type();
    if (g instanceof Gradient.Sparse s) {
      fits &= rows(s, stored.shape()) && stored.shape().with(0, s.size()).equals(p.shape());
    } else {
      fits &= stored.shape().equals(p.shape());
    }
    if (!fits || !Double.isFinite(g.factor())) {
      throw new IllegalArgumentException(
          "[update] expected a gradient of \""
              + name
              + "\" that is "
              + p.type()
              + " "
              + p.shape()
              + ", got "
              + text(g));
    }
    if (g instanceof Gradient.Sparse s) {
      ids(name, s);
    }
    if (stored.shape().size() > 0) {
      stored.get(new int[stored.shape().rank()]);
    }
  }

  private static boolean rows(Gradient.Sparse g, Shape stored) {
    return g.ids().type() == DType.INT32
        && g.size() >= 0
        && stored.rank() > 0
        && g.ids().shape().equals(Shape.of(stored.dim(0)));
  }

  private static void ids(String name, Gradient.Sparse g) {
    BitSet seen = new BitSet(g.size());
    for (int id : g.ids().toInts()) {
      if (id < 0 || id >= g.size() || seen.get(id)) {
        throw new IllegalArgumentException(
            "[update] expected distinct rows of \""
                + name
                + "\" from 0 to "
                + (g.size() - 1)
                + ", got "
                + id
                + (id >= 0 && id < g.size() ? " twice" : ""));
      }
      seen.set(id);
    }
  }

  private static String text(Gradient g) {
    Tensor stored = g.stored();
    String factor = Double.isFinite(g.factor()) ? "" : " times " + g.factor();
    return stored.type()
        + " "
        + stored.shape()
        + (g instanceof Gradient.Sparse s
            ? " for rows " + s.ids().type() + " " + s.ids().shape() + " of " + s.size()
            : "")
        + factor;
  }
}
