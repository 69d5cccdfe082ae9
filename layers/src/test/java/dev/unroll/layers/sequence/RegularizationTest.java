package dev.unroll.layers.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Block;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.EmbeddingDropout;
import dev.unroll.layers.Init;
import dev.unroll.layers.LockedDropout;
import dev.unroll.layers.Mode;
import dev.unroll.layers.TiedLinear;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.wrappers.Clipped;
import dev.unroll.layers.sequence.decoding.Sampling;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What training drops in a language model, and what it leaves. */
class RegularizationTest {
  private static final RandomKey KEY = RandomKey.of(4);
  private static final LanguageModel.Config CONFIG = new LanguageModel.Config("lstm", 9, 6, 8, 3);
  private static final Variable IDS =
      Variable.of(Tensor.of(Shape.of(2, 5), new int[] {1, 5, 2, 1, 8, 0, 3, 3, 1, 7}));

  private final LanguageModel plain =
      LanguageModel.of(CONFIG, new Init(DType.FLOAT64, RandomKey.of(1)));

  private static Tensor logits(LanguageModel model, Mode mode) {
    return model.apply(IDS, model.initialState(2), mode).logits().value();
  }

  private static List<Regularization> all() {
    return List.of(Regularization.zaremba(0.5), Regularization.locked(0.2, 0.4, 0.25, 0.4));
  }

  @Test
  void evaluationIsThatOfTheModelItselfAndTrainingIsNot() {
    for (Regularization r : all()) {
      LanguageModel regularized = plain.with(r);
      Tensor expected = logits(plain, Mode.evaluation());
      assertThat(logits(regularized, Mode.evaluation()).sameBits(expected)).isTrue();
      Tensor trained = logits(regularized, Mode.training(KEY));
      assertThat(trained.sameBits(expected)).isFalse();
      assertThat(logits(regularized, Mode.training(KEY)).sameBits(trained)).isTrue();
      assertThat(logits(regularized, Mode.training(KEY.fold(1))).sameBits(trained)).isFalse();
      int[] prompt = {1, 2};
      Generator generator = new Generator(regularized, new Sampling(0), KEY);
      assertThat(generator.generate(prompt, 9)).hasSize(9);
    }
  }

  @Test
  void aRateOfZeroChangesNothing() {
    for (Regularization r : List.of(Regularization.zaremba(0), Regularization.locked(0, 0, 0, 0))) {
      assertThat(
              logits(plain.with(r), Mode.training(KEY)).sameBits(logits(plain, Mode.evaluation())))
          .isTrue();
    }
  }

  @Test
  void bothModelsHaveTheSameParametersAndGradients() {
    for (Regularization r : all()) {
      LanguageModel regularized = plain.with(r);
      assertThat(regularized.parameters().values())
          .containsExactlyElementsOf(plain.parameters().values());
      Variable loss =
          regularized
              .apply(IDS, regularized.initialState(2), Mode.training(KEY))
              .logits()
              .square()
              .sum();
      assertThat(Gradients.of(loss, plain.parameters().values()).toString()).isNotEmpty();
    }
  }

  /** The ranks of a cell's inputs: which level was wrapped how often. */
  private record Counting(List<Integer> levels) implements Regularization {
    @Override
    public Block embedding(Embedding embedding) {
      return embedding;
    }

    @Override
    public <S extends State<S>> Cell<S> cell(int level, Cell<S> cell) {
      levels.add(level);
      return cell;
    }

    @Override
    public Block head(Block head) {
      return head;
    }
  }

  @Test
  void eachCellIsWrappedOnce() {
    List<Integer> levels = new ArrayList<>();
    plain.with(new Counting(levels));
    assertThat(levels).containsExactly(0, 1, 2);
    Stacked inner = new Stacked(List.of(GruCell.of(6, 8, Init.seed(1))));
    LanguageModel whole =
        new LanguageModel(
            Embedding.of(9, 6, Init.seed(1)),
            Unroll.backward(new Clipped<>(inner, 1)),
            plain.head());
    levels.clear();
    assertThat(whole.with(new Counting(levels)).unroll().isBackward()).isTrue();
    assertThat(levels).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9})
  void lockedDropoutDropsTheSameElementsAtEachStepOfASequence(double rate) {
    int n = 500;
    Variable ones = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(4, 3, n), 1));
    Tensor y = new LockedDropout(rate).apply(ones, Mode.training(KEY)).value();
    for (int t = 1; t < 3; t++) {
      assertThat(y.slice(1, t, t + 1).sameBits(y.slice(1, 0, 1))).isTrue();
    }
    assertThat(y.slice(0, 0, 1).sameBits(y.slice(0, 1, 2))).isFalse();
    double[] all = y.toDoubles();
    assertThat(all).containsOnly(0, 1 / (1 - rate));
    long kept = Arrays.stream(all).filter(v -> v > 0).count();
    assertThat(kept / (double) all.length).isBetween(0.95 - rate, 1.05 - rate);
  }

  @Test
  void embeddingDropoutDropsWords() {
    Embedding embedding = new Embedding(new Init(DType.FLOAT64, KEY).full(1, 50, 2));
    Variable ids =
        Variable.of(Tensor.of(Shape.of(2, 50), IntStream.range(0, 100).map(i -> i % 50).toArray()));
    double[] y =
        new EmbeddingDropout(embedding, 0.5).apply(ids, Mode.training(KEY)).value().toDoubles();
    int dropped = 0;
    for (int i = 0; i < 50; i++) {
      assertThat(y[2 * i]).isIn(0.0, 2.0).isEqualTo(y[2 * i + 1]).isEqualTo(y[100 + 2 * i]);
      dropped += y[2 * i] == 0 ? 1 : 0;
    }
    assertThat(dropped).isBetween(15, 35);
  }

  @Test
  void tiedModelsHaveOneMatrix() {
    LanguageModel tied = LanguageModel.tied(CONFIG, Init.seed(1));
    assertThat(tied.parameters().keySet())
        .startsWith("embedding.weight")
        .endsWith("head.bias")
        .doesNotContain("head.weight");
    assertThat(((TiedLinear) tied.head()).weight())
        .isSameAs(tied.parameters().get("embedding.weight"));
    assertThat(tied.unroll().outputSize()).isEqualTo(6);
    assertThat(logits(tied, Mode.evaluation()).shape()).isEqualTo(Shape.of(2, 5, 9));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> Regularization.zaremba(1))
        .hasMessage("[dropout] expected a rate of at least 0 and below 1, got 1.0");
    assertThatThrownBy(() -> Regularization.locked(0, 0, Double.NaN, 0))
        .hasMessage("[lockedDropout] expected a rate of at least 0 and below 1, got NaN");
    assertThatThrownBy(() -> new EmbeddingDropout(Embedding.of(2, 2, Init.seed(1)), -0.1))
        .hasMessage("[embeddingDropout] expected a rate of at least 0 and below 1, got -0.1");
    Variable vectors = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(2, 3)));
    assertThatThrownBy(() -> new LockedDropout(0.5).apply(vectors, Mode.training(KEY)))
        .hasMessage("[lockedDropout] expected sequences [B, T, ...], got [2, 3]");
    LanguageModel twice = plain.with(Regularization.locked(0.1, 0, 0, 0));
    assertThatThrownBy(() -> twice.with(Regularization.zaremba(0.5)))
        .hasMessage("[languageModel] expected a model with an Embedding, got EmbeddingDropout");
    assertThatThrownBy(() -> plain.with(null)).hasMessage("regularization");
  }
}
