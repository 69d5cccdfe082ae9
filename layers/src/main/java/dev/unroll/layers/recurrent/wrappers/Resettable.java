package dev.unroll.layers.recurrent.wrappers;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.InnerCell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Wrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A cell whose state is reset on demand: the last column of its input is 1 where a row's state is
 * replaced by the initial state before the step, else 0. So a batch may contain texts or episodes
 * that end in mid-sequence.
 *
 * {@snippet class="snippets.WrappersTest" region="Resettable"}
 *
 * @param cell the inner cell, whose inputs have one column less
 */
public record Resettable<S extends State<S>>(Cell<S> cell) implements Wrapper<S> {

  /** Checks for null. */
  public Resettable {
    Objects.requireNonNull(cell, "cell");
  }

  @Override
  public int inputSize() {
    return cell.inputSize() + 1;
  }

  @Override
  public Step<S> step(Variable x, S state, Mode mode) {
    int in = cell.inputSize();
    Variable reset = x.slice(1, in, in + 1);
    List<Variable> fresh = InnerCell.initialState(cell, x.shape().dim(0), x.type()).variables();
    List<Variable> before = new ArrayList<>();
    for (Variable v : state.variables()) {
      before.add(fresh.get(before.size()).where(State.column(reset, v), v));
    }
    return stepInside(x.slice(1, 0, in), state.with(before), mode);
  }
}
