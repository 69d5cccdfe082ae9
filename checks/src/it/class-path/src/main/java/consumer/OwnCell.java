package consumer;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.tensor.DType;

/** A cell with one gate. */
record OwnCell(int inputSize, int outputSize, Linear gate, Linear candidate)
    implements Cell<Hidden> {
  static OwnCell of(int in, int out, Init init) {
    return new OwnCell(
        in,
        out,
        Linear.of(in + out, out, init.at("gate")),
        Linear.of(in + out, out, init.at("candidate")));
  }

  @Override
  public Hidden initialState(int batch, DType type) {
    return new Hidden(Cell.zeros(type, batch, outputSize));
  }

  @Override
  public Step<Hidden> step(Variable x, Hidden s, Mode mode) {
    Variable in = Variable.concat(1, x, s.h());
    Variable f = gate.apply(in).sigmoid();
    Variable h = s.h().add(f.mul(candidate.apply(in).tanh().sub(s.h())));
    return new Step<>(h, new Hidden(h));
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("gate", gate).layer("candidate", candidate);
  }
}
