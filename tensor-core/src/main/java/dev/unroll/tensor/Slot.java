package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Copy;
import dev.unroll.tensor.kernel.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that a program overwrites in place: what is remembered from one run to the next, such as
 * the moments of an optimizer. Nobody else sees them change: they come in and go out as copies, and
 * {@link #end} hands them out when no more changes follow.
 */
public final class Slot {
  private @Nullable Tensor tensor; // Null once it has ended.

  private Slot(Tensor tensor) {
    this.tensor = tensor;
  }

  /** Returns a slot that begins with the numbers of a tensor. */
  public static Slot of(Tensor initial) {
    return new Slot(copy(Tensor.elements(initial.type()), initial));
  }

  /**
   * Returns a slot that begins with the only result of a program, without a copy of it.
   *
   * @param name what to call it in messages
   * @throws IllegalArgumentException as {@link Program#run(String, Tensor...)} does
   */
  public static Slot of(String name, Program program, Tensor... in) {
    return new Slot(program.run(name, in).getFirst());
  }

  /** Returns a copy of the numbers as they are now. */
  public Tensor snapshot() {
    Tensor t = live();
    return copy(Tensor.elements(t.type()), t);
  }

  /**
   * Returns the numbers without copying them; nothing can overwrite them any more.
   *
   * @throws IllegalStateException if this was called before, here and in all other methods
   */
  public Tensor end() {
    Tensor t = live();
    tensor = null;
    return t;
  }

  /** Returns the numbers themselves. */
  Tensor live() {
    if (tensor == null) {
      throw new IllegalStateException("[slot] has ended: its numbers were handed out");
    }
    return tensor;
  }

  private static <A> Tensor copy(Elements<A> e, Tensor t) {
    A to = e.allocate(t.shape().size());
    Copy.run(e, Tensor.array(e, t), t.layout(), to, t.shape().dense());
    return Tensor.dense(t.type(), t.shape(), to);
  }
}
