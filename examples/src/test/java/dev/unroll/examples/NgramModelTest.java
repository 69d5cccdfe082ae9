package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NgramModelTest {
  @Test
  void probabilitiesAreThoseOfTheFormula() {
    NgramModel bigram = new NgramModel(2, 3, 0, 1, 0, 1, 0, 2);
    // Unigrams: counts 3, 2, 1 of 6 and 3 types; after 0: 1, 1, 2.
    double one = (2 + 3 / 3.0) / (6 + 3);
    assertThat(bigram.probability(2, new int[] {1}, 0)).isCloseTo(one, within(1e-15));
    assertThat(bigram.probability(2, new int[] {0, 1}, 1))
        .isCloseTo((2 + 2 * one) / (3 + 2), within(1e-15));
    // Nothing follows 2: the shorter context speaks.
    assertThat(bigram.probability(2, new int[] {2, 1}, 1)).isCloseTo(one, within(1e-15));
  }

  @Test
  void probabilitiesOfAllTokensAddUpToOne() {
    long seed = 3;
    int[] text = new Random(seed).ints(500, 0, 7).toArray();
    NgramModel model = new NgramModel(4, 8, text);
    for (int i = 0; i < 40; i++) {
      int[] context = new Random(seed + i).ints(5, 0, 8).toArray();
      double sum = 0;
      for (int w = 0; w < 8; w++) {
        context[4] = w;
        sum += model.probability(4, context, 4);
      }
      assertThat(sum).as("seed %d", seed + i).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void longerContextsPredictWhatDependsOnThem() {
    int[] text = new int[3000];
    for (int i = 2; i < text.length; i++) {
      text[i] = i % 3 == 0 ? i / 3 % 5 : (text[i - 2] + 1) % 5;
    }
    NgramModel model = new NgramModel(3, 5, text);
    double unigram = model.bits(1, text);
    double trigram = model.bits(3, text);
    assertThat(unigram).isCloseTo(Math.log(5) / Math.log(2), within(0.05));
    assertThat(trigram).isLessThan(unigram - 0.3);
  }
}
