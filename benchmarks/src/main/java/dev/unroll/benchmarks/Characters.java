package dev.unroll.benchmarks;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/**
 * Training of a character model: 96 characters, embedding 64, one layer of 128 units, 32 windows of
 * 64 characters, Adam. W1 with the built-in LSTM, W6 with a custom one.
 */
final class Characters {
  private static final int VOCABULARY = 96;
  private static final int EMBEDDING = 64;
  private static final int HIDDEN = 128;
  private static final int BATCH = 32;
  private static final int STEPS = 64;

  private Characters() {}

  static List<Workload> workloads() {
    return List.of(
        workload("W1", init -> LstmCell.of(EMBEDDING, HIDDEN, init)),
        workload("W6", init -> FourGates.of(EMBEDDING, HIDDEN, init)));
  }

  private static Workload workload(String name, Function<Init, Cell<?>> cell) {
    return new Workload(
        name,
        Unit.TOKENS,
        BATCH * STEPS,
        () -> {
          Init init = Init.seed(1);
          LanguageModel model =
              new LanguageModel(
                  Embedding.of(VOCABULARY, EMBEDDING, init.at("embedding")),
                  Unroll.of(new Stacked(List.of(cell.apply(init.at("cell"))))),
                  Linear.of(HIDDEN, VOCABULARY, init.at("head")));
          Tensor x = Operands.codes(VOCABULARY, 1, BATCH, STEPS);
          Tensor y = Operands.codes(VOCABULARY, 2, BATCH, STEPS);
          Stacked.Levels state = model.initialState(BATCH);
          return new TrainingStep(
              Optimizer.of(new Adam(), model.parameters()),
              Double.POSITIVE_INFINITY,
              key ->
                  Loss.crossEntropy()
                      .of(model.apply(Variable.of(x), state, Mode.training(key)).logits(), y));
        });
  }
}
