package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * A GRU for events at irregular times: the first column of its input is the time of the event, and
 * it reads {@code log(dt)} and {@code 1 / dt} of the time since the event before. Neither is finite
 * at {@code dt = 0}: a padded step that holds zeros, or that repeats the last event, breaks it.
 *
 * @param cell reads {@code [log(dt), 1 / dt, the other columns]}
 */
record ElapsedCell(GruCell cell) implements Cell<ElapsedCell.Clock> {

  /**
   * The state.
   *
   * @param time of the last event, {@code [B]}
   * @param h {@code [B, H]}
   */
  record Clock(Variable time, Variable h) implements State<Clock> {
    @Override
    public Clock map(UnaryOperator<Variable> f) {
      return new Clock(f.apply(time), f.apply(h));
    }
  }

  static ElapsedCell of(int in, int out, Init init) {
    return new ElapsedCell(GruCell.of(in + 1, out, init));
  }

  @Override
  public int inputSize() {
    return cell.inputSize() - 1;
  }

  @Override
  public int outputSize() {
    return cell.outputSize();
  }

  @Override
  public Clock initialState(int batch, DType type) {
    Tensor before = Tensor.full(type, Shape.of(batch), -20);
    return new Clock(Variable.of(before), cell.initialState(batch, type).h());
  }

  @Override
  public Step<Clock> step(Variable x, Clock s, Mode mode) {
    Shape column = Shape.of(x.shape().dim(0), 1);
    Variable time = x.slice(1, 0, 1);
    Variable dt = time.sub(s.time().reshape(column));
    Variable one = Variable.scalar(x.type(), 1);
    Variable read = Variable.concat(1, dt.log(), one.div(dt), x.slice(1, 1, inputSize()));
    Step<Hidden> step = cell.step(read, new Hidden(s.h()), mode);
    Variable now = time.reshape(s.time().shape());
    return new Step<>(step.output(), new Clock(now, step.output()));
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("cell", cell);
  }
}
