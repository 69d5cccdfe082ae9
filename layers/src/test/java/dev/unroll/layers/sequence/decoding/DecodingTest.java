package dev.unroll.layers.sequence.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.AttentionModel;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.layers.sequence.attention.AdditiveAttention;
import dev.unroll.layers.sequence.attention.Attending;
import dev.unroll.layers.sequence.attention.BahdanauCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodingTest {
  private static final RandomKey KEY = RandomKey.of(5);
  private static final int V = 4;
  private static final int BEGIN = 0;
  private static final int END = 3;
  private static final int LONGEST = 4;
  private static final Decoding DECODING = new Decoding(BEGIN, END, LONGEST);
  private static final int[] LENGTHS = {5, 1, 3};

  private final AttentionModel<Hidden> model = model(new Init(DType.FLOAT64, KEY));
  private final Attending<Hidden> start = model.encode(source(), LENGTHS, Mode.evaluation());

  /** Weights are large, so that probabilities are far from even. */
  private static AttentionModel<Hidden> model(Init init) {
    GruCell cell = GruCell.of(3 + 4, 5, init.at("cell"));
    AttentionModel<Hidden> model =
        AttentionModel.of(
            Embedding.of(6, 3, init.at("source")),
            Bidirectional.of(GruCell.of(3, 2, init.at("f")), GruCell.of(3, 2, init.at("b"))),
            new BahdanauCell<>(cell, AdditiveAttention.of(5, 4, 3, init), 4),
            Embedding.of(V, 3, init.at("target")),
            Linear.of(9, V, init.at("head")),
            init);
    model.parameters().forEach((path, p) -> p.update(p.value().mul(Tensor.scalar(p.type(), 3))));
    return model;
  }

  private static Variable source() {
    return Variable.of(
        Tensor.of(Shape.of(3, 5), new int[] {1, 2, 3, 4, 5, 2, 0, 0, 0, 0, 5, 4, 1, 0, 0}));
  }

  private Attending<Hidden> row(int b) {
    return start.map(v -> v.slice(0, b, b + 1));
  }

  /** The logarithm of the probability of each token behind those before it. */
  private double[] logProbabilities(int row, List<Integer> tokens) {
    int[] read = new int[tokens.size()];
    for (int i = 1; i < read.length; i++) {
      read[i] = tokens.get(i - 1);
    }
    Variable in = Variable.of(Tensor.of(Shape.of(1, read.length), read));
    double[] all =
        model
            .decoder()
            .apply(in, row(row), Mode.evaluation())
            .logits()
            .logSoftmax()
            .value()
            .toDoubles();
    double[] of = new double[read.length];
    for (int i = 0; i < of.length; i++) {
      of[i] = all[i * V + tokens.get(i)];
    }
    return of;
  }

  /** Every sequence that ends, or has come to the limit. */
  private static List<List<Integer>> everySequence() {
    List<List<Integer>> open = List.of(List.of());
    List<List<Integer>> all = new ArrayList<>();
    for (int t = 0; t < LONGEST; t++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> before : open) {
        for (int v = 0; v < V; v++) {
          List<Integer> now = new ArrayList<>(before);
          now.add(v);
          (v == END || t == LONGEST - 1 ? all : longer).add(now);
        }
      }
      open = longer;
    }
    return all;
  }

  private static List<Integer> withEnd(Hypothesis h) {
    List<Integer> tokens = new ArrayList<>(h.tokens());
    if (h.ended()) {
      tokens.add(END);
    }
    return tokens;
  }

  @Test
  void aBeamThatDropsNothingIsTheExhaustiveSearch() {
    List<List<Integer>> sequences = everySequence();
    assertThat(sequences).hasSize(1 + 3 + 9 + 27 * 4);
    for (double alpha : new double[] {0, 0.6, 2}) {
      List<List<Hypothesis>> found =
          DECODING.beam(model.decoder(), start, (int) Math.pow(V, LONGEST), alpha);
      for (int b = 0; b < 3; b++) {
        int row = b;
        Comparator<List<Integer>> byScore =
            Comparator.comparingDouble(s -> {
              double sum = Arrays.stream(logProbabilities(row, s)).sum();
              return -sum / Math.pow((5 + s.size()) / 6.0, alpha);
            });
        List<List<Integer>> expected = sequences.stream().sorted(byScore).toList();
        assertThat(found.get(b)).hasSameSizeAs(sequences);
        assertThat(found.get(b).subList(0, 20).stream().map(DecodingTest::withEnd))
            .containsExactlyElementsOf(expected.subList(0, 20));
      }
    }
  }

  @Test
  void aWiderBeamFindsNothingLessProbable() {
    double before = Double.NEGATIVE_INFINITY;
    for (int width : new int[] {1, 256}) {
      double score = DECODING.beam(model.decoder(), row(0), width, 0).getFirst().getFirst().score();
      assertThat(score).isGreaterThanOrEqualTo(before);
      before = score;
    }
    assertThat(DECODING.beam(model.decoder(), start, 3, 0.6))
        .allSatisfy(h -> assertThat(h).hasSize(3));
  }

  @Test
  void greedyTakesTheMostProbableTokenAtEachStep() {
    List<Hypothesis> found = DECODING.greedy(model.decoder(), start);
    for (int b = 0; b < 3; b++) {
      List<Integer> tokens = new ArrayList<>();
      while (tokens.size() < LONGEST && !tokens.contains(END)) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int v = 0; v < V; v++) {
          List<Integer> longer = new ArrayList<>(tokens);
          longer.add(v);
          double p = logProbabilities(b, longer)[tokens.size()];
          best = p > most ? v : best;
          most = Math.max(most, p);
        }
        tokens.add(best);
      }
      Hypothesis h = found.get(b);
      assertThat(withEnd(h)).isEqualTo(tokens);
      double[] expected = logProbabilities(b, tokens);
      assertThat(h.logProbabilities()).hasSize(expected.length);
      for (int i = 0; i < expected.length; i++) {
        assertThat(h.logProbabilities().get(i)).isCloseTo(expected[i], within(1e-12));
      }
    }
  }

  @Test
  void aRowOfABatchIsTheRowAlone() {
    List<List<Hypothesis>> together = DECODING.beam(model.decoder(), start, 3, 0.6);
    for (int b = 0; b < 3; b++) {
      List<Hypothesis> alone = DECODING.beam(model.decoder(), row(b), 3, 0.6).getFirst();
      assertThat(alone)
          .extracting(Hypothesis::tokens)
          .isEqualTo(together.get(b).stream().map(Hypothesis::tokens).toList());
      assertThat(alone)
          .extracting(Hypothesis::score)
          .isEqualTo(together.get(b).stream().map(Hypothesis::score).toList());
    }
  }

  @Test
  void attentionIsAMeanOverTheSource() {
    List<Hypothesis> found = DECODING.greedy(model.decoder(), start);
    for (int b = 0; b < 3; b++) {
      Hypothesis h = found.get(b);
      assertThat(h.attention().shape()).isEqualTo(Shape.of(h.logProbabilities().size(), 5));
      for (int t = 0; t < h.logProbabilities().size(); t++) {
        double sum = 0;
        for (int s = 0; s < 5; s++) {
          double w = h.attention().get(t, s);
          sum += w;
          assertThat(w).isBetween(0.0, s < LENGTHS[b] ? 1 : 0.0);
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
      }
    }
    LanguageModel plain =
        LanguageModel.of(new LanguageModel.Config("gru", V, 3, 3, 1), Init.seed(1));
    assertThat(DECODING.greedy(plain, plain.initialState(2)).getFirst().attention().shape().dim(1))
        .isZero();
  }

  @Test
  void drawnSequencesAreAsFrequentAsTheyAreProbable() {
    int n = 3000;
    Attending<Hidden> many = row(2).map(v -> v.expand(v.shape().with(0, n)));
    List<Hypothesis> drawn =
        DECODING.sample(model.decoder(), many, new Sampling(1), RandomKey.of(77));
    double chi = 0;
    for (List<Integer> s : everySequence()) {
      double p = Math.exp(Arrays.stream(logProbabilities(2, s)).sum());
      long count = drawn.stream().filter(h -> withEnd(h).equals(s)).count();
      assertThat((double) count).isCloseTo(n * p, within(5 * Math.sqrt(n * p * (1 - p)) + 1));
      chi += (count - n * p) * (count - n * p) / (n * p);
    }
    // 120 sequences have 119 degrees of freedom: mean 119, deviation 15.4.
    assertThat(chi).isBetween(119 - 5 * 15.4, 119 + 5 * 15.4);
  }

  @Test
  void drawsDependOnKeyRowAndStepAlone() {
    Sampling sampling = new Sampling(0.8, 2);
    List<Hypothesis> all = DECODING.sample(model.decoder(), start, sampling, KEY);
    assertThat(DECODING.sample(model.decoder(), row(0), sampling, KEY).getFirst().tokens())
        .isEqualTo(all.getFirst().tokens());
  }

  @Test
  void topKAndTemperatureChangeTheProbabilities() {
    double[] logits = {1, 3, 2, 0};
    int n = 20_000;
    int[] counts = new int[V];
    for (int i = 0; i < n; i++) {
      counts[new Sampling(0.5, 2).draw(logits, KEY.unit(i))]++;
    }
    double p = 1 / (1 + Math.exp(-2)); // of logits 6 and 4
    assertThat(counts[0] + counts[3]).isZero();
    assertThat((double) counts[1]).isCloseTo(n * p, within(4 * Math.sqrt(n * p * (1 - p))));
    assertThat(new Sampling(0).draw(logits, 0.99)).isEqualTo(1);
    assertThat(new Sampling(1, 1).draw(logits, 0.99)).isEqualTo(1);
    assertThat(new Sampling(1).draw(logits, Math.nextDown(1.0))).isEqualTo(3);
  }

  @Test
  void whatIsOutsideIsRefused() {
    assertThatThrownBy(() -> new Decoding(0, 1, 0))
        .hasMessage(
            "[decoding] begin must be at least 0, end at least -1, longest at least 1; given 0, 1"
                + " and 0");
    assertThatThrownBy(() -> DECODING.beam(model.decoder(), start, 0, 0))
        .hasMessage("[decoding] width must be at least 1, alpha at least 0; given 0 and 0.0");
    assertThatThrownBy(() -> new Sampling(1, 0))
        .hasMessage("[sampling] expected a topK of at least 1, got 0");
  }

  @Test
  void teacherForcingReadsWhatShouldHaveBeenPutOut() {
    Tensor targets = Tensor.of(Shape.of(2, 3), 2, 1, 3, 3, -1, -1);
    assertThat(Decoder.teacherForced(targets, 0).value().toInts())
        .containsExactly(0, 2, 1, 0, 3, 0);
    assertThatThrownBy(() -> Decoder.teacherForced(targets.reshape(6), 0))
        .hasMessage("[decoder] expected targets int32 [B, T], got int32[6]");
  }

  @Test
  void aSessionOfADecoderKeepsWhatItLooksAt() {
    Attending<Hidden> one = row(0);
    List<Integer> tokens = List.of(2, 1, 1);
    double[] expected = logProbabilities(0, tokens);
    try (var session = model.decoder().open(one)) {
      double[] logits = new double[V];
      int read = BEGIN;
      for (int i = 0; i < 3; i++) {
        session.step(new int[] {read}, logits);
        read = tokens.get(i);
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        assertThat(logits[read] - Math.log(sum)).isCloseTo(expected[i], within(1e-12));
      }
    }
  }
}
