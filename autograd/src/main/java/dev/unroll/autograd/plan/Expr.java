package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.op.Movement.Expand;
import dev.unroll.autograd.op.Movement.Permute;
import dev.unroll.autograd.op.Movement.Reshape;
import dev.unroll.autograd.op.Movement.Slice;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value of a step: an input, or the result of an operation. Its id is its position in its
 * {@link StepGraph}, and it is equal only to itself. Rules match expressions with record patterns.
 */
sealed interface Expr {

  /**
   * The properties of every expression.
   *
   * @param id the position in the graph
   * @param shape the shape at one step
   * @param gradient whether the backward pass may need a gradient with respect to it
   * @param line the line of the user's program that created it, if known
   */
  record Facts(int id, DType type, Shape shape, boolean gradient, @Nullable String line) {}

  /** Returns the common properties. */
  Facts info();

  /** Returns the operands. */
  List<Expr> in();

  /** Returns the position in the graph. */
  default int id() {
    return info().id();
  }

  /** Returns the type of the elements. */
  default DType type() {
    return info().type();
  }

  /** Returns the shape at one step. */
  default Shape shape() {
    return info().shape();
  }

  /** Returns whether the backward pass may need a gradient with respect to this. */
  default boolean gradient() {
    return info().gradient();
  }

  /** Returns whether this is an input that is bound once for all steps. */
  default boolean isBoundOnce() {
    return this instanceof Input(Role role, Facts info) && role.isBoundOnce();
  }

  /** Returns whether this is an elementwise operation. */
  default boolean isPointwise() {
    return this instanceof Apply a && a.op instanceof Pointwise;
  }

  /** Returns whether this is a view of its operand. */
  default boolean isView() {
    return this instanceof Apply a
        && (a.op instanceof Slice
            || a.op instanceof Expand
            || a.op instanceof Permute
            || a.op instanceof Reshape);
  }

  /** A value that is not computed in the step. */
  record Input(Role role, Facts info) implements Expr {
    @Override
    public List<Expr> in() {
      return List.of();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return info.id;
    }

    @Override
    public String toString() {
      return role.toString();
    }
  }

  /** The result of an operation. */
  record Apply(Op op, List<Expr> in, Facts info) implements Expr {

    /** Returns whether the gradient ends here, although operands have one. */
    boolean isDetached() {
      return !info.gradient && in.stream().anyMatch(Expr::gradient);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return info.id;
    }

    @Override
    public String toString() {
      return "%" + info.id;
    }
  }
}
