package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.TokenStream;
import dev.unroll.layers.Init;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Sgd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageModelingTest {
  private static LanguageModel model(String cell, int vocabulary) {
    return LanguageModel.of(new LanguageModel.Config(cell, vocabulary, 8, 24, 1), Init.seed(3));
  }

  private static double train(LanguageModel m, TokenStream source, int steps) throws IOException {
    List<Double> losses = new ArrayList<>();
    Optimizer adam = Optimizer.of(new Adam(0.01), m.parameters());
    trainer(m, adam, source, losses).run(steps);
    return losses.subList(steps - 100, steps).stream().mapToDouble(x -> x).average().orElseThrow();
  }

  private static Trainer trainer(
      LanguageModel m, Optimizer optimizer, TokenStream source, List<Double> losses) {
    return new Trainer(m, new LanguageModeling(m), optimizer, source)
        .clip(1)
        .listen(
            new Listener() {
              @Override
              public void onStep(TrainingStep step) {
                losses.add(step.loss());
              }
            });
  }

  private static double evaluate(LanguageModel m, TokenStream source) {
    return Evaluation.of(new LanguageModeling(m), source, Metric.loss());
  }

  /** Blocks of k equal tokens and a separator: the next token depends on previous ones. */
  private static int[] blocks(int n, int k) {
    Random random = new Random(5);
    int[] tokens = new int[n];
    for (int i = 0; i < n; i++) {
      tokens[i] = i % (k + 1) == 0 ? 1 + random.nextInt(2) : i % (k + 1) == k ? 3 : 0;
    }
    // The last token of a block repeats its first: predicting it requires memory.
    for (int i = k; i < n; i += k + 1) {
      tokens[i] = tokens[i - k] + 2;
    }
    return tokens;
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru"})
  void everyCellLearnsATaskThatRequiresMemory(String cell) throws IOException {
    int k = 3;
    TokenStream source = new TokenStream(blocks(4000, k), 8, 16);
    // One token in k + 1 is random with probability 1/2, all others are determined.
    double best = Math.log(2) / (k + 1);
    assertThat(train(model(cell, 5), source, 400)).isCloseTo(best, within(0.05));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru"})
  void stateIsCarriedAcrossWindows(String cell) throws IOException {
    // At a rate of 0 no weight changes: windows of one token have the loss of the whole text.
    int[] tokens = blocks(301, 3);
    LanguageModel m = model(cell, 5);
    Optimizer still = Optimizer.of(new Sgd(0), m.parameters());
    TokenStream windows = new TokenStream(tokens, 2, 1);
    List<Double> losses = new ArrayList<>();
    trainer(m, still, windows, losses).run(150);
    double whole = evaluate(m, new TokenStream(tokens, 2, 150));
    double mean = losses.stream().mapToDouble(x -> x).average().orElseThrow();
    assertThat(mean).isCloseTo(whole, within(1e-6));
  }

  @Test
  void evaluationIsTheMeanOverTheWholeText() {
    int[] tokens = blocks(301, 3);
    LanguageModel m = model("gru", 5);
    double whole = evaluate(m, new TokenStream(tokens, 2, 150));
    double windows = evaluate(m, new TokenStream(tokens, 2, 7));
    assertThat(windows).isCloseTo(whole, within(1e-6));
  }
}
