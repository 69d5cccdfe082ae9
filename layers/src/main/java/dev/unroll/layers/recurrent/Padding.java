package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The masked steps of a batch, and the steps that a cell computes in their place: the first valid
 * step of the same sequence, from the initial state, again. Its result is discarded, and a gradient
 * of 0 flows through it. It is finite for any cell for which the step itself is, unlike a constant
 * such as 0, which gives a gradient of 0 times infinity in a cell with a logarithm. A sequence
 * without any step uses the first one of another.
 */
final class Padding {
  private final Variable mask;
  private final Variable next;
  private final int[] rows;
  private final int[] steps;
  private final boolean borrows;
  private final boolean leading;

  private Padding(
      Variable mask, Variable next, int[] rows, int[] steps, boolean borrows, boolean leading) {
    this.mask = mask;
    this.next = next;
    this.rows = rows;
    this.steps = steps;
    this.borrows = borrows;
    this.leading = leading;
  }

  /**
   * Finds the replacements of masked steps.
   *
   * @param mask {@code [B, T]}, 0 for masked steps
   * @param backward whether the last step is computed first
   * @return null if all steps are masked
   */
  static @Nullable Padding of(Tensor mask, boolean backward) {
    int batch = mask.shape().dim(0);
    int steps = mask.shape().dim(1);
    double[] valid = mask.toDoubles();
    int[] first = new int[batch];
    int lender = -1;
    for (int b = 0; b < batch; b++) {
      first[b] = -1;
      for (int s = 0; s < steps && first[b] < 0; s++) {
        int t = backward ? steps - 1 - s : s;
        first[b] = valid[b * steps + t] == 0 ? -1 : t;
      }
      lender = lender < 0 && first[b] >= 0 ? b : lender;
    }
    if (lender < 0) {
      return null;
    }
    int[] rows = new int[batch];
    int[] at = new int[batch];
    for (int b = 0; b < batch; b++) {
      rows[b] = first[b] < 0 ? lender : b;
      at[b] = rows[b] * steps + first[rows[b]];
    }
    boolean borrows = Arrays.stream(first).anyMatch(t -> t < 0);
    double[] next = new double[valid.length];
    boolean leading = true;
    for (int b = 0; b < batch; b++) {
      for (int s = 0; s < steps; s++) {
        int i = b * steps + (backward ? steps - 1 - s : s);
        next[i] = s + 1 == steps ? 1 : valid[backward ? i - 1 : i + 1];
        leading &= valid[i] == 0 || next[i] != 0;
      }
    }
    Tensor following = Tensor.of(mask.shape(), next).to(mask.type());
    return new Padding(columns(mask), columns(following), rows, at, borrows, leading);
  }

  private static Variable columns(Tensor mask) {
    Shape shape = mask.shape();
    return Variable.of(mask.transpose(0, 1).reshape(shape.dim(1), shape.dim(0), 1));
  }

  /** Returns the mask as an input of each step, {@code [T, B, 1]}. */
  Variable mask() {
    return mask;
  }

  /** Returns the mask of the step computed after each, {@code [T, B, 1]}. */
  Variable next() {
    return next;
  }

  /**
   * Returns whether all masked steps precede valid ones, so that the initial state is carried
   * through them, as for lengths read backward.
   */
  boolean isLeading() {
    return leading && !borrows;
  }

  /**
   * Returns sequences with masked steps replaced.
   *
   * @param x {@code [B, T, I]}
   * @return {@code [T, B, I]}
   */
  Variable inputs(Variable x) {
    Shape s = x.shape();
    Variable all = x.detach().reshape(Shape.of(s.dim(0) * s.dim(1), s.dim(2)));
    return x.permute(1, 0, 2).where(mask, all.gather(ids(steps)));
  }

  /** Returns the states from which masked steps are computed. */
  List<Variable> initial(List<Variable> state) {
    List<Variable> initial = new ArrayList<>();
    for (Variable v : state) {
      Variable own = v.detach();
      initial.add(
          borrows
              ? own.reshape(Shape.of(rows.length, State.rowSize(v)))
                  .gather(ids(rows))
                  .reshape(v.shape())
              : own);
    }
    return initial;
  }

  /**
   * Returns the state that a step reads: the carried one, or the initial state where the row is
   * masked.
   *
   * @param masked the mask of this step, {@code [B, 1]}
   * @param given the state passed to the scan
   * @param same the value to read where the state is still the given one, which is loop-invariant
   */
  List<Variable> read(
      Variable masked,
      List<Variable> carried,
      List<Variable> given,
      List<Variable> initial,
      List<Variable> same) {
    List<Variable> read = new ArrayList<>();
    for (int i = 0; i < carried.size(); i++) {
      Variable v = carried.get(i);
      boolean unchanged = !borrows && v == given.get(i);
      read.add(unchanged ? same.get(i) : v.where(State.column(masked, v), initial.get(i)));
    }
    return read;
  }

  private static Variable ids(int... ids) {
    return Variable.of(Tensor.of(Shape.of(ids.length), ids));
  }
}
