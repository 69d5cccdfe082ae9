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
record SentimentModel(
    Embedding embedding, Unroll<LstmState> forward, Unroll<LstmState> backward, Linear head)
    implements Layer, Task {
  private static final double DROPOUT = 0.3;

  static SentimentModel of(int vocabulary, int size, int hidden, Init init) {
    return new SentimentModel(
        Embedding.of(vocabulary, size, init.at("embedding")),
        Unroll.of(LstmCell.of(size, hidden, init.at("forward"))),
        Unroll.backward(LstmCell.of(size, hidden, init.at("backward"))),
        Linear.of(4 * hidden, 2, init.at("head")));
  }

  @Override
  public Outcome apply(Batch batch, List<Variable> carried, Mode mode) {
    Variable both = embedding.apply(Variable.of(batch.inputs())); // [B, T, 2, E]
    Variable x = dropout(both.select(2, 0).add(both.select(2, 1)), mode, 0);
    Variable features =
        Variable.concat(1, read(forward, x, batch, mode), read(backward, x, batch, mode));
    Variable logits = head.apply(dropout(features, mode, 1));
    return Outcome.of(Losses.crossEntropy(logits, batch.targets()), logits, batch);
  }

  /** Returns the last state and the mean of the outputs, {@code [B, 2 H]}. */
  private static Variable read(Unroll<LstmState> unroll, Variable x, Batch batch, Mode mode) {
    int n = batch.size();
    LstmState start = unroll.cell().initialState(n, x.type());
    Unroll.Result<LstmState> r = unroll.apply(x, start, batch.lengths().toInts(), mode);
    Variable sum = r.outputs().sumTo(Shape.of(n, 1, unroll.cell().outputSize()));
    Tensor lengths = batch.lengths().to(x.type()).reshape(n, 1);
    Variable steps = Variable.of(lengths).max(Variable.scalar(x.type(), 1));
    Variable mean = sum.reshape(Shape.of(n, unroll.cell().outputSize())).div(steps);
    return Variable.concat(1, r.state().h(), mean);
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
    parts.layer("embedding", embedding).layer("forward", forward).layer("backward", backward);
    parts.layer("head", head);
  }
}
