package dev.unroll.layers.recurrent.wrappers;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.InnerCell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Wrapper;
import dev.unroll.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A cell that randomly preserves elements of its state, sampled independently at each step; in
 * evaluation, it uses the expected value.
 *
 * <pre>
 *  training: s' = s with probability rate, else cell(s) evaluation: s' = rate s + (1 - rate) cell(s)
 * </pre>
 *
 * <p>Krueger et al. 2017, "Zoneout: regularizing RNNs by randomly preserving hidden activations",
 * arXiv:1606.01305.
 *
 * {@snippet class="snippets.WrappersTest" region="Zoneout"}
 *
 * @param cell the inner cell; an output that is part of the state remains part of it
 * @param rate at least 0 and below 1
 */
public record Zoneout<S extends State<S>>(Cell<S> cell, double rate) implements Wrapper<S> {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the rate is out of range
   */
  public Zoneout {
    Objects.requireNonNull(cell, "cell");
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "[zoneout] expected a rate of at least 0 and below 1, got " + rate);
    }
  }

  @Override
  public int noise() {
    int own = 0;
    for (Variable v : InnerCell.initialState(cell, 1, DType.FLOAT32).variables()) {
      own += State.rowSize(v);
    }
    return cell.noise() + own;
  }

  @Override
  public Step<S> step(Variable x, S state, Mode mode) {
    Step<S> step = stepInside(x, state, mode);
    List<Variable> before = state.variables();
    List<Variable> stepped = step.state().variables();
    List<Variable> after = new ArrayList<>();
    int column = cell.noise();
    for (int i = 0; i < stepped.size(); i++) {
      Variable old = before.get(i);
      if (mode instanceof Mode.Training training) {
        int size = State.rowSize(old);
        Variable coin = training.noise(column, column + size).reshape(old.shape());
        Variable stays = Variable.scalar(x.type(), rate).greater(coin);
        after.add(old.where(stays, stepped.get(i)));
        column += size;
      } else {
        after.add(stepped.get(i).add(old.sub(stepped.get(i)).mul(rate)));
      }
    }
    int same = stepped.indexOf(step.output());
    return new Step<>(same >= 0 ? after.get(same) : step.output(), state.with(after));
  }
}
