package dev.unroll.layers.sequence.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Parameter;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.Generator;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is drawn and searched where logits are NaN or infinite. */
class LogitsTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final Decoding DECODING = new Decoding(0, -1, 3);

  private static Set<Integer> drawn(Sampling sampling, double... logits) {
    Set<Integer> drawn = new TreeSet<>();
    for (int i = 0; i < 1000; i++) {
      drawn.add(sampling.draw(logits, i / 1000.0));
    }
    return drawn;
  }

  @Test
  void infiniteLogitsAreDrawn() {
    for (double temperature : new double[] {0, 1e-300, 0.5, 1, 1e300}) {
      Sampling s = new Sampling(temperature);
      assertThat(drawn(s, 1, 2, INF, 3)).containsExactly(2);
      assertThat(drawn(s, -INF, -INF, 4, -INF)).containsExactly(2);
    }
    assertThat(drawn(new Sampling(1), INF, 2, INF, -INF)).containsExactly(0, 2);
    assertThat(drawn(new Sampling(0), INF, 2, INF, -INF)).containsExactly(0);
    assertThat(drawn(new Sampling(1, 2), INF, 2, INF, INF)).containsExactly(0, 2);
  }

  @Test
  void asManyAsTopKCanBeDrawn() {
    assertThat(drawn(new Sampling(1, 1), 5, 5, 5)).containsExactly(0);
    assertThat(drawn(new Sampling(1, 2), 5, 6, 5, 5)).containsExactly(0, 1);
    assertThat(drawn(new Sampling(1, 3), 5, 6, 5, 5)).containsExactly(0, 1, 2);
    assertThat(drawn(new Sampling(1, 2), 1, 6, -INF, 5)).containsExactly(1, 3);
  }

  @Test
  void logitsThatChooseNothingAreRefused() {
    for (Sampling s : new Sampling[] {new Sampling(0), new Sampling(1), new Sampling(0.5, 2)}) {
      for (double[] logits : new double[][] {{NAN, 1, 2}, {NAN, NAN, NAN}, {NAN, INF, INF}}) {
        assertThatThrownBy(() -> s.draw(logits, 0.5))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("[sampling] expected logits that are numbers, got NaN for token 0");
      }
      assertThatThrownBy(() -> s.draw(new double[] {0, NAN}, 0.5)).hasMessageEndingWith("token 1");
      assertThatThrownBy(() -> s.draw(new double[] {-INF, -INF}, 0.5))
          .hasMessage("[sampling] expected a logit above -Infinity, got none of 2");
      assertThatThrownBy(() -> s.draw(new double[0], 0.5))
          .hasMessage("[sampling] expected a logit above -Infinity, got none of 0");
      assertThatThrownBy(() -> s.draw(new double[] {1, 2}, 1))
          .hasMessage("[sampling] expected a random number from 0 to 1, got 1.0");
    }
  }

  /** A decoder that outputs the same logits at every step. */
  private static Decoder<Hidden> decoder(DType type, double... logits) {
    Init init = new Init(type, RandomKey.of(1));
    int v = logits.length;
    return Decoder.of(
        Embedding.of(v, 2, init.at("in")),
        GruCell.of(2, 3, init.at("cell")),
        new Linear(init.zeros(3, v), new Parameter(Tensor.of(Shape.of(v), logits).to(type))));
  }

  private static Hidden start(DType type) {
    return GruCell.of(2, 3, new Init(type, RandomKey.of(1))).initialState(2, type);
  }

  @Test
  void searchesFindWhatIsInfinite() {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Decoder<Hidden> one = decoder(type, 1, 2, INF, 3);
      Hypothesis greedy = DECODING.greedy(one, start(type)).get(1);
      assertThat(greedy.tokens()).containsExactly(2, 2, 2);
      assertThat(greedy.score()).isZero();
      assertThat(
              DECODING.sample(one, start(type), new Sampling(1), RandomKey.of(3)).get(0).tokens())
          .containsExactly(2, 2, 2);
      Decoder<Hidden> two = decoder(type, INF, 2, -INF, INF);
      assertThat(DECODING.beam(two, start(type), 2, 0.6).getFirst())
          .allSatisfy(h -> {
            assertThat(h.tokens()).isSubsetOf(0, 3);
            assertThat(h.logProbabilities())
                .allSatisfy(p -> assertThat(p).isCloseTo(-Math.log(2), within(1e-12)));
          });
    }
  }

  @Test
  void searchesRefuseLogitsThatChooseNothing() {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      String nan =
          "[decoding] row 0 after 0 tokens: expected logits that are numbers, got NaN for token 1";
      Decoder<Hidden> bad = decoder(type, 1, NAN, 3);
      assertThatThrownBy(() -> DECODING.greedy(bad, start(type))).hasMessage(nan);
      assertThatThrownBy(() -> DECODING.beam(bad, start(type), 3, 0)).hasMessage(nan);
      assertThatThrownBy(() -> DECODING.sample(bad, start(type), new Sampling(1), RandomKey.of(3)))
          .hasMessage(nan);
      assertThatThrownBy(() -> DECODING.greedy(decoder(type, -INF, -INF), start(type)))
          .hasMessage(
              "[decoding] row 0 after 0 tokens: expected a logit above -Infinity, got none of 2");
    }
  }

  @Test
  void theGeneratorRefusesWeightsThatAreNaN() {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      LanguageModel m =
          LanguageModel.of(
              new LanguageModel.Config("gru", 5, 4, 6, 1), new Init(type, RandomKey.of(1)));
      int[] fine = new Generator(m, new Sampling(1), RandomKey.of(2)).generate(new int[] {1}, 9);
      assertThat(IntStream.of(fine)).allMatch(t -> t >= 0 && t < 5);
      Parameter p = m.parameters().get("embedding.weight");
      p.update(Tensor.full(type, p.shape(), NAN));
      for (double temperature : new double[] {0, 1}) {
        Generator g = new Generator(m, new Sampling(temperature), RandomKey.of(2));
        assertThatThrownBy(() -> g.generate(new int[] {1}, 9))
            .hasMessage("[sampling] expected logits that are numbers, got NaN for token 0");
        assertThatThrownBy(() -> g.generate(new int[] {1}, -1))
            .hasMessage("[generator] expected a length of at least 0, got -1");
      }
    }
  }
}
