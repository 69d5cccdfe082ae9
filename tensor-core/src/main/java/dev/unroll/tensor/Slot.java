package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Copy;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Layout;

/**
 * Numbers that a program overwrites in place: what is remembered from one run to the next, such as
 * the moments of an optimizer. Nobody else sees them change: they come in and go out as copies.
 */
public final class Slot {
  private final Tensor tensor;

  private Slot(Tensor tensor) {
    this.tensor = tensor;
  }

  /** Returns a slot that begins with the numbers of a tensor. */
  public static Slot of(Tensor initial) {
    return new Slot(copy(Tensor.elements(initial.type()), initial));
  }

  /** Returns a copy of the numbers as they are now. */
  public Tensor snapshot() {
    return copy(Tensor.elements(tensor.type()), tensor);
  }

  /** Returns the numbers themselves. */
  Tensor live() {
    return tensor;
  }

  private static <A> Tensor copy(Elements<A> e, Tensor t) {
    A to = e.allocate(t.shape().size());
    Copy.run(e, Tensor.array(e, t), t.layout(), to, Layout.of(t.shape().dims()));
    return Tensor.dense(t.type(), t.shape(), to);
  }
}
