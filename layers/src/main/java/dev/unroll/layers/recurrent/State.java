package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a cell carries from one step to the next: a record of variables {@code [B, ...]}, a row for
 * each sequence.
 *
 * @param <S> the state itself
 */
public interface State<S extends State<S>> {

  /** Returns the state with each variable replaced, always in the same order. */
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

  /** Returns the same values without their history: where truncated backpropagation cuts. */
  default S detach() {
    return map(Variable::detach);
  }
}
