package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Lengths;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * Combines the vectors of all valid steps into one. Padding may have any value, NaN and infinities
 * included: it affects neither values nor gradients. A sequence of length 0 becomes zeros. {@link
 * AttentionPooling} learns the weights of the steps.
 *
 * {@snippet class="snippets.SequenceTest" region="Pooling"}
 */
@FunctionalInterface
public interface Pooling extends Layer {

  /**
   * Pools sequences.
   *
   * @param x {@code [B, T, H]}
   * @param lengths the number of valid steps of each sequence, 0 to T, in any order
   * @return {@code [B, H]}
   * @throws IllegalArgumentException if the shapes do not match
   */
  Variable apply(Variable x, int... lengths);

  /**
   * Returns the running form of this pooling, for sessions: a cell whose output after each step is
   * the pooled vector of the steps so far. The built-in poolings have one.
   *
   * @param size H
   * @throws IllegalArgumentException if this pooling has none; the default
   */
  default Cell<?> running(int size) {
    throw new IllegalArgumentException(
        "[pooling] expected a pooling with a running form, got "
            + this
            + ", which does not override running(int)");
  }

  /** Describes no parameters. */
  @Override
  default void describe(Parts parts) {}

  /**
   * Returns the last valid step of each sequence. Not for bidirectional layers, whose backward cell
   * has read only one step there.
   */
  static Pooling last() {
    return steps(
        "last",
        size -> new Fold(size, 0, (last, x) -> x),
        (x, lengths) -> {
          Shape shape = x.shape();
          int[] at = new int[lengths.length];
          int[] some = new int[lengths.length];
          for (int b = 0; b < at.length; b++) {
            some[b] = Math.min(1, lengths[b]);
            at[b] = b * shape.dim(1) + lengths[b] - some[b];
          }
          Shape rows = Shape.of(shape.dim(0) * shape.dim(1), shape.dim(2));
          Variable last = x.reshape(rows).gather(Variable.of(Tensor.of(Shape.of(at.length), at)));
          Tensor any = Tensor.of(Shape.of(some.length, 1), some).to(x.type());
          return last.where(Variable.of(any), Variable.scalar(x.type(), 0));
        });
  }

  /** Returns the sum of the valid steps. */
  static Pooling sum() {
    return steps(
        "sum", size -> new Fold(size, 0, Variable::add), (x, lengths) -> sum(x, mask(x, lengths)));
  }

  /** Returns the mean of the valid steps. */
  static Pooling mean() {
    return steps(
        "mean",
        size -> new WeightedFold(size, x -> Cell.zeros(x.type(), x.shape().dim(0), 1)),
        (x, lengths) -> {
          Variable mask = mask(x, lengths);
          return sum(x, mask).div(over(mask).max(Variable.scalar(x.type(), 1)));
        });
  }

  /**
   * Returns the maximum of each element over the valid steps; among equal values, the gradient goes
   * to the first.
   */
  static Pooling max() {
    return steps(
        "max",
        size -> new Fold(size, Double.NEGATIVE_INFINITY, Variable::max),
        (x, lengths) -> {
          Variable mask = mask(x, lengths);
          Variable least = Variable.scalar(x.type(), Double.NEGATIVE_INFINITY);
          return x.where(mask, least).max(1).where(over(mask), Variable.scalar(x.type(), 0));
        });
  }

  /** Returns a pooling that replaces the result of empty sequences by zeros. */
  private static Pooling steps(String name, IntFunction<Cell<?>> running, Pooling pooling) {
    return new NamedPooling(
        name,
        running,
        (x, lengths) -> {
          Shape shape = shape(x);
          Lengths.mask("pooling", shape, x.type(), lengths);
          return shape.size() == 0
              ? Variable.of(Tensor.zeros(x.type(), shape.without(1)))
              : pooling.apply(x, lengths);
        });
  }

  private static Shape shape(Variable x) {
    if (Objects.requireNonNull(x, "x").shape().rank() != 3) {
      throw new IllegalArgumentException("[pooling] expected [B, T, H], got " + x.shape());
    }
    return x.shape();
  }

  /** Returns 1 for the valid steps, {@code [B, T, 1]}. */
  private static Variable mask(Variable x, int... lengths) {
    Tensor mask = Lengths.mask("pooling", shape(x), x.type(), lengths);
    return Variable.of(mask.reshape(mask.shape().insert(2, 1).dims()));
  }

  private static Variable sum(Variable x, Variable mask) {
    return over(x.where(mask, Variable.scalar(x.type(), 0)));
  }

  /** Sums over time. */
  private static Variable over(Variable x) {
    return x.sumTo(x.shape().with(1, 1)).reshape(x.shape().without(1));
  }
}
