package dev.unroll.benchmarks;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Losses;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.LstmCell;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Sgd;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Training of the word models of Zaremba, Sutskever and Vinyals 2014 (arXiv:1409.2329): 10,000
 * words, two layers, SGD with gradients of norm 5 at most. W2 is their small one (200 units, 20
 * steps), W3 their medium one (650 units, 35 steps, dropout 0.5 on all that is not recurrent).
 */
final class PennTreebank {
  private static final int VOCABULARY = 10_000;
  private static final int BATCH = 20;
  private static final double RATE = 1;
  private static final double NORM = 5;

  private PennTreebank() {}

  static List<Workload> workloads() {
    return List.of(workload("W2", 200, 20, 1), workload("W3", 650, 35, 0.5));
  }

  private static Workload workload(String name, int hidden, int steps, double keep) {
    return new Workload(
        name,
        Unit.TOKENS,
        BATCH * steps,
        () -> {
          Model model = Model.of(hidden, keep);
          Tensor x = Operands.codes(VOCABULARY, 1, BATCH, steps);
          Tensor y = Operands.codes(VOCABULARY, 2, BATCH, steps);
          return new TrainingStep(
              Optimizer.of(new Sgd(RATE), model.parameters()),
              NORM,
              key -> Losses.crossEntropy(model.logits(x, key), y));
        });
  }

  /** Embedding, two layers of LSTM, and the output layer. */
  private record Model(
      Embedding embedding,
      Unroll<LstmState> first,
      Unroll<LstmState> second,
      Linear head,
      double keep) {

    static Model of(int hidden, double keep) {
      Init init = Init.seed(1);
      return new Model(
          Embedding.of(VOCABULARY, hidden, init.at("embedding")),
          Unroll.of(LstmCell.of(hidden, hidden, init.at("first"))),
          Unroll.of(LstmCell.of(hidden, hidden, init.at("second"))),
          Linear.of(hidden, VOCABULARY, init.at("head")),
          keep);
    }

    Map<String, Parameter> parameters() {
      Map<String, Parameter> all = new LinkedHashMap<>();
      embedding.parameters().forEach((name, p) -> all.put("embedding." + name, p));
      first.parameters().forEach((name, p) -> all.put("first." + name, p));
      second.parameters().forEach((name, p) -> all.put("second." + name, p));
      head.parameters().forEach((name, p) -> all.put("head." + name, p));
      return all;
    }

    Variable logits(Tensor x, RandomKey key) {
      Mode mode = Mode.training(key);
      Variable e = dropout(embedding.apply(Variable.of(x)), key.fold(0));
      Variable one = dropout(first.apply(e, mode).outputs(), key.fold(1));
      Variable two = dropout(second.apply(one, mode).outputs(), key.fold(2));
      return head.apply(two);
    }

    private Variable dropout(Variable x, RandomKey key) {
      if (keep == 1) {
        return x;
      }
      Variable mask = Variable.of(key.bernoulli(x.type(), x.shape(), keep));
      return x.mul(mask).affine(1 / keep, 0);
    }
  }
}
