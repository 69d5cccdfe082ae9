package dev.unroll.examples.study;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.training.Outcome;
import dev.unroll.training.Task;
import java.util.List;

/**
 * An LSTM whose state is carried over from window to window, with gradients truncated to a window.
 */
record EchoModel(Unroll<LstmState> reader, Linear head) implements Layer, Task {

  static EchoModel of(int hidden, Init init) {
    return new EchoModel(
        Unroll.of(LstmCell.of(EchoStream.SYMBOLS, hidden, init.at("cell"))),
        Linear.of(hidden, EchoStream.SYMBOLS, init.at("head")));
  }

  @Override
  public Outcome apply(Batch batch, List<Variable> carried, Mode mode) {
    Variable x = Variable.of(batch.inputs());
    LstmState zero = reader.cell().initialState(batch.size(), x.type());
    Recurrent.Result<LstmState> r =
        reader.apply(x, carried.isEmpty() ? zero : zero.with(carried), mode);
    Variable logits = head.apply(r.outputs());
    return Outcome.of(Loss.crossEntropy(), logits, batch, r.state());
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("reader", reader).layer("head", head);
  }
}
