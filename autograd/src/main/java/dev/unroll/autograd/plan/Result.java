package dev.unroll.autograd.plan;

import dev.unroll.autograd.op.Indexing.ScatterAdd;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Input;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The use of a value of a step. */
sealed interface Result {

  /** Returns the values that it reads. */
  List<Expr> of();

  /** Returns the same use of other values. */
  Result with(UnaryOperator<Expr> other);

  /**
   * The values of all steps are returned: of an output, or of the gradient with respect to a
   * sequence.
   */
  record Output(int index, Expr value) implements Result {
    @Override
    public List<Expr> of() {
      return List.of(value);
    }

    @Override
    public Output with(UnaryOperator<Expr> other) {
      return new Output(index, other.apply(value));
    }
  }

  /** The next step receives the value, in place of a variable of the state or its gradient. */
  record Next(int index, Expr value) implements Result {
    @Override
    public List<Expr> of() {
      return List.of(value);
    }

    @Override
    public Next with(UnaryOperator<Expr> other) {
      return new Next(index, other.apply(value));
    }
  }

  /** The value of each step is saved for the backward pass. */
  record Saved(Expr value) implements Result {
    @Override
    public List<Expr> of() {
      return List.of(value);
    }

    @Override
    public Saved with(UnaryOperator<Expr> other) {
      return new Saved(other.apply(value));
    }
  }

  /** A sum over all steps is a term of the gradient with respect to a loop-invariant. */
  record Accumulate(Role by, Accumulator kind, List<Expr> of) implements Result {

    /** Returns the ids of the only rows that are not zero, or null if all may differ from zero. */
    @Nullable Role ids() {
      List<Expr> scattered =
          kind == Accumulator.EACH && of.getFirst() instanceof Apply(ScatterAdd s, var in, var info)
              ? in
              : kind == Accumulator.SCATTER ? of : List.of();
      return scattered.size() == 2 && scattered.get(1) instanceof Input in ? in.role() : null;
    }

    @Override
    public Accumulate with(UnaryOperator<Expr> other) {
      return new Accumulate(by, kind, of.stream().map(other).toList());
    }
  }
}
