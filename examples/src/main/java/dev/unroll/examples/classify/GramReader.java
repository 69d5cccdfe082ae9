package dev.unroll.examples.classify;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.training.Outcome;
import dev.unroll.training.Task;
import java.util.List;

/**
 * Classifies a text with a bidirectional LSTM (Graves &amp; Schmidhuber 2005,
 * doi:10.1016/j.neunet.2005.06.042), many-to-one: the features are the last states and the mean of
 * the outputs.
 */
record GramReader(Embedding embedding, Bidirectional<LstmState> reader, Linear head)
    implements Layer, Task {
  private static final Dropout DROPOUT = new Dropout(0.3);

  static GramReader of(int vocabulary, int size, int hidden, int classes, Init init) {
    return new GramReader(
        Embedding.of(vocabulary, size, init.at("embedding")),
        Bidirectional.of(
            LstmCell.of(size, hidden, init.at("forward")),
            LstmCell.of(size, hidden, init.at("backward"))),
        Linear.of(4 * hidden, classes, init.at("head")));
  }

  @Override
  public Outcome apply(Batch batch, List<Variable> carried, Mode mode) {
    Variable both = embedding.apply(Variable.of(batch.inputs())); // [B, T, 2, E]
    Variable x = DROPOUT.apply(both.select(2, 0).add(both.select(2, 1)), mode.at("input"));
    int[] lengths = batch.lengths().toInts();
    Recurrent.Result<Bidirectional.States<LstmState>> r = reader.apply(x, lengths, mode);
    Variable features =
        Variable.concat(
            1,
            r.state().forward().h(),
            r.state().backward().h(),
            Pooling.mean().apply(r.outputs(), lengths));
    Variable logits = head.apply(DROPOUT.apply(features, mode.at("features")));
    return Outcome.of(Loss.crossEntropy(), logits, batch);
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("embedding", embedding).layer("reader", reader).layer("head", head);
  }
}
