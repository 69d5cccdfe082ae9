package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of an input of a step. Text names an input by its role: {@code %x0} is the first
 * sequence.
 */
public sealed interface Role {

  /** Returns whether a run binds one value that all steps read: a loop-invariant. */
  default boolean isBoundOnce() {
    return false;
  }

  /** A sequence at the current step. */
  record Sequence(int index) implements Role {
    @Override
    public String toString() {
      return "%x" + index;
    }
  }

  /** The index of the step, an int32 scalar. */
  record Time() implements Role {
    @Override
    public String toString() {
      return "%time";
    }
  }

  /** A variable of the state, as returned by the previous step. */
  record Carried(int index) implements Role {
    @Override
    public String toString() {
      return "%s" + index;
    }
  }

  /** A variable from outside the step. */
  record Invariant(int index) implements Role {
    @Override
    public boolean isBoundOnce() {
      return true;
    }

    @Override
    public String toString() {
      return "%c" + index;
    }
  }

  /** A variable of the state that every step returns as it received it. */
  record Unchanged(int index) implements Role {
    @Override
    public boolean isBoundOnce() {
      return true;
    }

    @Override
    public String toString() {
      return "%u" + index;
    }
  }

  /**
   * The result of an operation on loop-invariants, computed before the loop.
   *
   * @param index the position among these
   * @param of the operands, none of which is derived later
   * @param records whether a gradient may flow
   */
  record Derived(int index, Op op, List<Role> of, boolean records) implements Role {
    @Override
    public boolean isBoundOnce() {
      return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Derived d && index == d.index;
    }

    @Override
    public int hashCode() {
      return index;
    }

    @Override
    public String toString() {
      return "%d" + index;
    }
  }

  /** A constant that the gradient of an operation contains. */
  record Literal(int index, Tensor value) implements Role {
    @Override
    public boolean isBoundOnce() {
      return true;
    }

    @Override
    public String toString() {
      return "%k" + index;
    }
  }

  /** In the backward pass: the gradient with respect to an output at this step. */
  record OutputSeed(int index) implements Role {
    @Override
    public String toString() {
      return "%dy" + index;
    }
  }

  /** In the backward pass: the gradient with respect to a variable of the state after this step. */
  record NextSeed(int index) implements Role {
    @Override
    public String toString() {
      return "%ds" + index;
    }
  }

  /** In the backward pass: a value of the forward pass at this step, or the state before it. */
  record Forward(int id) implements Role {
    @Override
    public String toString() {
      return "%f" + id;
    }
  }
}
