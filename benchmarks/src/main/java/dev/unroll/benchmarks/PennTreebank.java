package dev.unroll.benchmarks;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Sgd;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * Training of the word models of Zaremba, Sutskever and Vinyals 2014 (arXiv:1409.2329): 10,000
 * words, two layers, SGD with gradients clipped to norm 5. W2 is their small model (200 units, 20
 * steps), W3 their medium model (650 units, 35 steps, dropout 0.5 on non-recurrent connections).
 */
final class PennTreebank {
  private static final int VOCABULARY = 10_000;
  private static final int BATCH = 20;
  private static final double RATE = 1;
  private static final double NORM = 5;

  private PennTreebank() {}

  static List<Workload> workloads() {
    return List.of(workload("W2", 200, 20, 0), workload("W3", 650, 35, 0.5));
  }

  private static Workload workload(String name, int hidden, int steps, double dropped) {
    return new Workload(
        name,
        Unit.TOKENS,
        BATCH * steps,
        () -> {
          Model model = Model.of(hidden, dropped);
          Tensor x = Operands.codes(VOCABULARY, 1, BATCH, steps);
          Tensor y = Operands.codes(VOCABULARY, 2, BATCH, steps);
          return new TrainingStep(
              Optimizer.of(new Sgd(RATE), model.parameters()),
              NORM,
              key -> Loss.crossEntropy().of(model.logits(x, key), y));
        });
  }

  /** Embedding, two layers of LSTM, and the output layer. */
  private record Model(
      Embedding embedding,
      Unroll<LstmState> first,
      Unroll<LstmState> second,
      Linear head,
      Dropout dropout)
      implements Layer {

    static Model of(int hidden, double dropped) {
      Init init = Init.seed(1);
      return new Model(
          Embedding.of(VOCABULARY, hidden, init.at("embedding")),
          Unroll.of(LstmCell.of(hidden, hidden, init.at("first"))),
          Unroll.of(LstmCell.of(hidden, hidden, init.at("second"))),
          Linear.of(hidden, VOCABULARY, init.at("head")),
          new Dropout(dropped));
    }

    Variable logits(Tensor x, RandomKey key) {
      Mode mode = Mode.training(key);
      Variable e = dropout.apply(embedding.apply(Variable.of(x)), mode.at("input"));
      Variable one = dropout.apply(first.apply(e, mode.at("first")).outputs(), mode.at("between"));
      return head.apply(
          dropout.apply(second.apply(one, mode.at("second")).outputs(), mode.at("output")));
    }

    @Override
    public void describe(Parts parts) {
      parts
          .layer("embedding", embedding)
          .layer("first", first)
          .layer("second", second)
          .layer("head", head);
    }
  }
}
