package dev.unroll.examples.play;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.tensor.DType;

/** A cell that ignores its state: the same computation without memory. */
record Forgetful(Cell<Hidden> cell) implements Cell<Hidden> {
  @Override
  public int inputSize() {
    return cell.inputSize();
  }

  @Override
  public int outputSize() {
    return cell.outputSize();
  }

  @Override
  public Hidden initialState(int batch, DType type) {
    return cell.initialState(batch, type);
  }

  @Override
  public Step<Hidden> step(Variable x, Hidden state, Mode mode) {
    return cell.step(x, new Hidden(state.h().affine(0, 0)), mode);
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("cell", cell);
  }
}
