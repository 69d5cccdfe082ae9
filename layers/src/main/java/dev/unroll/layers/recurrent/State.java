package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The state that a cell carries from one step to the next: a record of variables {@code [B, ...]},
 * with one row per sequence.
 *
 * {@snippet class="snippets.RecurrentTest" region="State"}
 *
 * @param <S> the state itself
 */
public interface State<S extends State<S>> {

  /**
   * Returns the state with each variable replaced, always in the same order. A variable that is not
   * replaced would not be carried: the initial state of a cell is refused.
   */
  S map(UnaryOperator<Variable> f);

  /** Returns the variables, in the order of {@link #map}. */
  default List<Variable> variables() {
    List<Variable> all = new ArrayList<>();
    map(v -> {
      all.add(v);
      return v;
    });
    return all;
  }

  /** Returns the state with other variables, in the order of {@link #map}. */
  default S with(List<Variable> variables) {
    Iterator<Variable> next = variables.iterator();
    return map(v -> next.next());
  }

  /**
   * Returns the same values, detached from the graph, as at the borders of truncated
   * backpropagation.
   */
  default S detach() {
    return map(Variable::detach);
  }

  /** Returns the number of elements of a variable {@code [B, ...]} per sequence. */
  static int rowSize(Variable v) {
    int size = 1;
    for (int axis = 1; axis < v.shape().rank(); axis++) {
      size = Math.multiplyExact(size, v.shape().dim(axis));
    }
    return size;
  }

  /**
   * Reshapes one value per sequence to the rank of a variable, so that it broadcasts over the rows
   * of that variable: a mask for {@link Variable#where}, or a rate.
   *
   * @param column {@code [B, 1]}
   * @param v {@code [B, ...]}, of rank 1 or more
   * @return {@code [B, 1, ..., 1]}
   */
  static Variable column(Variable column, Variable v) {
    int[] dims = new int[v.shape().rank()];
    Arrays.fill(dims, 1);
    dims[0] = v.shape().dim(0);
    return column.reshape(Shape.of(dims));
  }
}
