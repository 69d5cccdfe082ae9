package dev.unroll.examples;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Losses;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.LstmCell;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.Outcome;
import dev.unroll.training.Task;
import java.util.List;

/**
 * Reads a review from both ends and says whether its author was content: many-to-one. An LSTM in
 * each direction (Graves &amp; Schmidhuber 2005, doi:10.1016/j.neunet.2005.06.042); what is judged
 * are their last states and the mean of their outputs.
 */
record SentimentModel(Embedding embedding, Bidirectional<LstmState> reader, Linear head)
    implements Layer, Task {
  private static final double DROPOUT = 0.3;

  static SentimentModel of(int vocabulary, int size, int hidden, Init init) {
    return new SentimentModel(
        Embedding.of(vocabulary, size, init.at("embedding")),
        Bidirectional.of(
            LstmCell.of(size, hidden, init.at("forward")),
            LstmCell.of(size, hidden, init.at("backward"))),
        Linear.of(4 * hidden, 2, init.at("head")));
  }

  @Override
  public Outcome apply(Batch batch, List<Variable> carried, Mode mode) {
    Variable both = embedding.apply(Variable.of(batch.inputs())); // [B, T, 2, E]
    Variable x = dropout(both.select(2, 0).add(both.select(2, 1)), mode, 0);
    Bidirectional.Result<LstmState> r = reader.apply(x, batch.lengths().toInts(), mode);
    Variable features = Variable.concat(1, judged(r.forward(), batch), judged(r.backward(), batch));
    Variable logits = head.apply(dropout(features, mode, 1));
    return Outcome.of(Losses.crossEntropy(logits, batch.targets()), logits, batch);
  }

  /** Returns the last state and the mean of the outputs, {@code [B, 2 H]}. */
  private static Variable judged(Unroll.Result<LstmState> r, Batch batch) {
    Variable h = r.state().h();
    int n = batch.size();
    Variable sum = r.outputs().sumTo(Shape.of(n, 1, h.shape().dim(1))).reshape(h.shape());
    Tensor lengths = batch.lengths().to(h.type()).reshape(n, 1);
    Variable steps = Variable.of(lengths).max(Variable.scalar(h.type(), 1));
    return Variable.concat(1, h, sum.div(steps));
  }

  private static Variable dropout(Variable x, Mode mode, long site) {
    if (!(mode instanceof Mode.Training training)) {
      return x;
    }
    RandomKey key = training.key().fold(site);
    Variable mask = Variable.of(key.bernoulli(x.type(), x.shape(), 1 - DROPOUT));
    return x.mul(mask).affine(1 / (1 - DROPOUT), 0);
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("embedding", embedding).layer("reader", reader).layer("head", head);
  }
}
