package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.TokenStream;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Sgd;
import dev.unroll.tensor.RandomKey;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageModelTrainingTest {
  private static LanguageModel model(String cell, int vocabulary) {
    return LanguageModel.of(new LanguageModel.Config(cell, vocabulary, 8, 24, 1), Init.seed(3));
  }

  private static double train(LanguageModel m, TokenStream source, int steps) {
    Optimizer adam = Optimizer.of(new Adam(0.01), m.parameters());
    LanguageModelTraining t = new LanguageModelTraining(m, adam, source, 1, RandomKey.of(1));
    double last = 0;
    for (int i = 0; i < steps; i++) {
      double loss = t.step().loss();
      last += i >= steps - 100 ? loss / 100 : 0;
    }
    return last;
  }

  /** Blocks of k equal tokens and a separator: what follows depends on what is remembered. */
  private static int[] blocks(int n, int k) {
    Random random = new Random(5);
    int[] tokens = new int[n];
    for (int i = 0; i < n; i++) {
      tokens[i] = i % (k + 1) == 0 ? 1 + random.nextInt(2) : i % (k + 1) == k ? 3 : 0;
    }
    // The last of a block repeats its first: only a network that remembers can tell.
    for (int i = k; i < n; i += k + 1) {
      tokens[i] = tokens[i - k] + 2;
    }
    return tokens;
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru"})
  void everyCellLearnsWhatOnlyMemoryTells(String cell) {
    int k = 3;
    TokenStream source = new TokenStream(blocks(4000, k), 8, 16);
    // One token in k + 1 is a coin toss, all others can be known.
    double best = Math.log(2) / (k + 1);
    assertThat(train(model(cell, 5), source, 400)).isCloseTo(best, within(0.05));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru"})
  void stateIsCarriedAcrossWindows(String cell) {
    // Nothing moves at a rate of 0: windows of one token see what the whole text sees.
    int[] tokens = blocks(301, 3);
    LanguageModel m = model(cell, 5);
    Optimizer still = Optimizer.of(new Sgd(0), m.parameters());
    TokenStream windows = new TokenStream(tokens, 2, 1);
    LanguageModelTraining t = new LanguageModelTraining(m, still, windows, 1, RandomKey.of(1));
    double sum = 0;
    for (int i = 0; i < 150; i++) {
      sum += t.step().loss();
    }
    double whole = LanguageModelTraining.evaluate(m, new TokenStream(tokens, 2, 150));
    assertThat(sum / 150).isCloseTo(whole, within(1e-6));
  }

  @Test
  void evaluationIsTheMeanOverTheWholeText() {
    int[] tokens = blocks(301, 3);
    LanguageModel m = model("gru", 5);
    double whole = LanguageModelTraining.evaluate(m, new TokenStream(tokens, 2, 150));
    double windows = LanguageModelTraining.evaluate(m, new TokenStream(tokens, 2, 7));
    assertThat(windows).isCloseTo(whole, within(1e-6));
  }
}
