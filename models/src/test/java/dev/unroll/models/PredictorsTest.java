package dev.unroll.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Dataset;
import dev.unroll.data.Example;
import dev.unroll.data.Labels;
import dev.unroll.data.Scaling;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.tokenize.BpeTraining;
import dev.unroll.text.tokenize.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in use are built, saved, loaded and read step by step, each in the same way. */
class PredictorsTest {
  private static final Init INIT = Init.seed(4);
  private static final RecurrentConfig GRU = RecurrentConfig.of("gru", 6);
  private static final RecurrentConfig BOTH = GRU.bidirectional().layers(2).dropout(0.2);
  private static final List<String> TEXTS = List.of("good old film", "bad film", "한국어 영화");
  private static final Labels LABELS = new Labels(List.of("bad", "good"));

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("model.unroll");
  }

  private static Dataset readings() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      examples.add(Example.of(new float[][] {{i, 100}, {2 * i, 120 + i}, {-i, 90}}, i % 2));
    }
    return new Dataset(examples, List.of("a", "b"), LABELS);
  }

  @Test
  void aClassifierIsMadeForItsData() throws IOException {
    Classifier made = Classifier.of(readings(), BOTH, INIT);
    float[][] x = {{1, 99}, {0, 130}};
    made.save(file());
    assertThat(Classifier.load(file()).predict(x)).isEqualTo(made.predict(x));
    assertThat(made.labels()).isEqualTo(LABELS);
    Tensor all = made.examples(readings()).getFirst().input();
    assertThat(all.toDoubles()[1]).as("scaled").isBetween(-2.0, 2.0);
    Dataset other = new Dataset(readings().examples(), List.of("a", "b"), new Labels(List.of("x")));
    assertThatThrownBy(() -> made.examples(other))
        .hasMessage("[classifier] expected data with labels [bad, good], got [x]");
    Dataset none = new Dataset(readings().examples(), List.of("a", "b"), new Labels(List.of()));
    assertThatThrownBy(() -> Classifier.of(none, GRU, INIT))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(made::open).hasMessageContaining("got Bidirectional");
  }

  @Test
  void aClassifierKnowsItsFeaturesAndTheScalingOfItsData() throws IOException {
    Dataset raw = readings();
    Dataset scaled = raw.scaled(raw.standardScaling());
    Classifier ofRaw = Classifier.of(raw, GRU, INIT);
    Classifier ofScaled = Classifier.of(scaled, GRU, INIT);
    float[][] x = {{1, 99}, {0, 130}};
    assertThat(ofScaled.predict(x)).isEqualTo(ofRaw.predict(x));
    assertThat(ofScaled.examples(scaled).toString()).isEqualTo(ofScaled.examples(raw).toString());
    assertThat(ofRaw.predict(scaled)).isEqualTo(ofRaw.predict(raw)).hasSize(4);
    Dataset other = raw.scaled(Scaling.range(raw.examples().getFirst().input()));
    assertThatThrownBy(() -> ofRaw.examples(other))
        .hasMessageStartingWith("[classifier] expected data that is not scaled, or as");
    ofRaw.save(file());
    Classifier read = Classifier.load(file());
    Dataset swapped = new Dataset(raw.examples(), List.of("b", "a"), LABELS);
    assertThatThrownBy(() -> read.examples(swapped))
        .hasMessage("[classifier] expected data with features [a, b], got [b, a]");
    assertThatThrownBy(() -> read.predict(swapped)).hasMessageContaining("got [b, a]");
    assertThatThrownBy(() -> read.predict(new float[][] {{1, 2}, {1, Float.NaN}}))
        .hasMessage(
            "[classifier] sequence 0, step 1: expected finite features, got NaN as feature 1");
    assertThatThrownBy(() -> read.predict(new float[] {1, 2, 3}))
        .hasMessage("[classifier] sequence 0: expected 2 features in each step, got 3 in step 0");
  }

  @Test
  void aSessionClassifiesTheStepsSoFar() {
    Classifier made = Classifier.of(readings(), GRU.layers(2), INIT);
    float[][] x = {{1, 99}, {0, 130}, {4, 80}};
    try (ClassifierSession live = made.open()) {
      for (int round = 0; round < 2; round++) {
        for (int t = 0; t < 3; t++) {
          Classified expected = made.predict(Arrays.copyOf(x, t + 1));
          assertThat(live.step(x[t]).probability("good"))
              .isCloseTo(expected.probability("good"), within(1e-6));
        }
        live.reset();
      }
      assertThatThrownBy(() -> live.step(1)).isInstanceOf(IllegalArgumentException.class);
      live.step(x[0]);
      assertThatThrownBy(() -> live.step(1, Float.NaN))
          .hasMessage("[classifier] expected finite features, got NaN as feature 1");
      double expected = made.predict(x[0], x[1]).probability("good");
      assertThat(live.step(x[1]).probability("good"))
          .as("the step that was refused was not read")
          .isCloseTo(expected, within(1e-6));
    }
    ClassifierSession closed = made.open();
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.step(1, 2)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void modelsOfFloat64Predict() {
    Init wide = new Init(DType.FLOAT64, RandomKey.of(1));
    Classifier classifier = Classifier.of(readings(), GRU, wide);
    float[][] x = {{1, 99}, {0, 130}};
    try (ClassifierSession live = classifier.open()) {
      live.step(x[0]);
      assertThat(live.step(x[1]).probability("good"))
          .isCloseTo(classifier.predict(x).probability("good"), within(1e-12));
    }
    Forecaster forecaster = Forecaster.of(series(), Forecaster.Span.of(2, 2), GRU, wide);
    assertThat(forecaster.predict(series()).size()).isEqualTo(2);
  }

  @Test
  void aTextClassifierReadsTextsAndPieces() throws IOException {
    TextEncoder bpe = TextEncoder.of(new BpeTraining(280, 1).byteLevel(TEXTS));
    TextClassifier made = TextClassifier.of(bpe, LABELS, 5, GRU, INIT);
    made.save(file());
    TextClassifier read = TextClassifier.load(file());
    assertThat(read.predict(TEXTS)).isEqualTo(made.predict(TEXTS));
    assertThat(read.predict(TEXTS).get(1).probability("bad"))
        .isCloseTo(made.predict("bad film").probability("bad"), within(1e-6));
    assertThat(made.predict("").probabilities()).hasSize(2);
    try (TextClassifierSession live = read.open()) {
      assertThatThrownBy(() -> live.read(""))
          .hasMessage("[textClassifier] expected at least one token, got none");
      live.read("good");
      assertThat(live.read(" old").probability("bad"))
          .isCloseTo(made.predict("good old").probability("bad"), within(1e-6));
      live.reset();
      assertThat(live.read("bad film").probability("bad"))
          .isCloseTo(made.predict("bad film").probability("bad"), within(1e-6));
    }
    assertThat(made.examples(TEXTS, List.of("good", "bad", "good"))).hasSize(3);
    assertThatThrownBy(() -> made.examples(TEXTS, List.of("good")))
        .hasMessage("[textClassifier] expected as many labels as texts, got 1 and 3");
    assertThatThrownBy(() -> made.examples(List.of("a"), List.of("fair")))
        .hasMessageContaining("there is no \"fair\"");
  }

  @Test
  void aTaggerLabelsEachToken() throws IOException {
    List<List<String>> words = List.of(List.of("a", "dog"), List.of("dogs"));
    List<List<String>> tags = List.of(List.of("D", "N"), List.of("N"));
    Tagger made = Tagger.of(words, tags, 4, GRU, INIT);
    made.save(file());
    Tagger read = Tagger.load(file());
    assertThat(read.predictAll(words)).isEqualTo(made.predictAll(words));
    assertThat(read.predict(List.of())).isEmpty();
    assertThat(read.predict(List.of("a", "cat", "dogs"))).hasSize(3);
    try (TaggerSession live = read.open()) {
      List<String> found = new ArrayList<>();
      for (String word : List.of("a", "cat", "dogs")) {
        found.add(live.step(word).label());
      }
      assertThat(found).isEqualTo(read.predict(List.of("a", "cat", "dogs")));
    }
    assertThatThrownBy(() -> made.examples(words, List.of(List.of("D"), List.of("N"))))
        .hasMessage("[tagger] expected as many tags as tokens, got 1 and 2");
    assertThatThrownBy(() -> Tagger.of(List.of(), List.of(), 4, GRU, INIT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[][] series() {
    float[][] x = new float[30][];
    for (int t = 0; t < x.length; t++) {
      x[t] = new float[] {t % 5, 1000 + 10 * (t % 3)};
    }
    return x;
  }

  @Test
  void aForecasterPredictsQuantilesInTheUnitsOfTheSeries() throws IOException {
    Forecaster.Span span = new Forecaster.Span(8, 3, 1);
    Forecaster made = Forecaster.of(series(), span, GRU, INIT);
    assertThat(made.examples(series())).hasSize(20);
    made.save(file());
    Forecaster read = Forecaster.load(file());
    assertThat(read.span()).isEqualTo(span);
    float[][] past = Arrays.copyOf(series(), 8);
    Forecast next = read.predict(past);
    assertThat(next).isEqualTo(made.predict(past));
    assertThat(next.size()).isEqualTo(3);
    assertThat(next.median()).allMatch(v -> v > 900 && v < 1100);
    for (List<Double> step : next.values()) {
      assertThat(step).isSorted();
    }
    try (ForecasterSession live = read.open()) {
      for (int t = 0; t < 7; t++) {
        assertThat(live.step(past[t])).as("step %s of 8", t).isEmpty();
      }
      Forecast last = live.step(past[7]).orElseThrow();
      assertThat(last.median().getFirst()).isCloseTo(next.median().getFirst(), within(1e-3));
    }
    assertThatThrownBy(() -> next.quantile(0.3))
        .hasMessage("[forecast] expected one of the levels [0.1, 0.5, 0.9], got 0.3");
    assertThatThrownBy(() -> read.predict(new float[0][]))
        .hasMessage("[forecaster] sequence 0: expected at least 8 steps, got 0");
    assertThatThrownBy(() -> read.predictSeries(1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> made.examples(Arrays.copyOf(series(), 10)))
        .hasMessageContaining("needs a series of 11 time steps");
    assertThatThrownBy(() -> Forecaster.of(series(), new Forecaster.Span(1, 1, 2), GRU, INIT))
        .hasMessageContaining("a variable below 2");
    assertThatThrownBy(
            () -> Forecaster.of(series(), Forecaster.Span.of(2, 2), List.of(0.9, 0.1), GRU, INIT))
        .hasMessageContaining("ascending");
  }

  @Test
  void aTargetIsTheDifferenceFromTheLastValueInUnitsOfTheScaling() {
    float[][] line = {{0}, {2}, {4}, {6}, {8}};
    Forecaster made = Forecaster.of(line, Forecaster.Span.of(2, 2), GRU, INIT);
    double unit = Scaling.standard(Tensor.of(Shape.of(5, 1), 0f, 2, 4, 6, 8)).width().item();
    float[] target = made.examples(line).getFirst().target().toFloats();
    assertThat(target[0]).isCloseTo((float) (2 / unit), within(1e-6f));
    assertThat(made.forecast(10, 1, 1, 1, 2, 2, 2).median())
        .containsExactly(10 + unit, 10 + 2 * unit);
  }

  @Test
  void aTranslatorWritesTexts() throws IOException {
    List<String> target = List.of("gut", "schlecht", "한국");
    TextEncoder to = TextEncoder.of(new BpeTraining(258, 1).byteLevel(target));
    Translator made = Translator.of(TextEncoder.learn("words", TEXTS), to, 12, 5, BOTH, INIT);
    assertThat(made.begin()).isEqualTo(to.size());
    made.save(file());
    Translator read = Translator.load(file());
    assertThat(read.translate(TEXTS)).isEqualTo(made.translate(TEXTS)).hasSize(3);
    StringBuilder pieces = new StringBuilder();
    String whole = read.translate("good film", pieces::append);
    assertThat(pieces).hasToString(whole);
    assertThat(made.translate("good film", piece -> {})).isEqualTo(whole);
    Example first = made.examples(List.of("good"), List.of("gut")).getFirst();
    int[] ids = first.target().toInts();
    assertThat(ids[ids.length - 1]).isEqualTo(to.size() + 1);
    assertThat(made.translate("")).isNotNull();
  }

  @Test
  void aFileOfAnotherModelIsRefusedByName() throws IOException {
    Classifier.of(readings(), GRU, INIT).save(file());
    for (Load load :
        List.<Load>of(TextClassifier::load, Tagger::load, Forecaster::load, Translator::load)) {
      assertThatThrownBy(() -> load.from(file()))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file() + ": [model] expected the file of a ")
          .hasMessageEndingWith(", got that of a classifier");
    }
  }

  private interface Load {
    Object from(Path path) throws IOException;
  }

  @Test
  void aStepWhoseResultIsNotFiniteIsNotRead() {
    ManyToOne relu = Classifier.of(readings(), RecurrentConfig.of("irnn", 6), INIT).model();
    Classifier made = Classifier.of(relu, LABELS);
    try (ClassifierSession live = made.open();
        ClassifierSession other = made.open()) {
      live.step(1, 99);
      other.step(1, 99);
      assertThatThrownBy(
              () -> {
                for (int t = 0; t < 5000; t++) { // The state grows until it overflows.
                  live.step(Float.MAX_VALUE, Float.MAX_VALUE);
                  other.step(Float.MAX_VALUE, Float.MAX_VALUE);
                }
              })
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("[session] expected finite outputs of the model, got [");
      assertThat(live.step(2, 98)).isEqualTo(other.step(2, 98));
    }
  }

  @Test
  void whatThereIsNothingToTrainOnIsRefusedAtOnce() {
    Dataset none = new Dataset(List.of(), List.of("a"), LABELS);
    assertThatThrownBy(() -> Classifier.of(none, GRU, INIT))
        .hasMessage("[classifier] expected examples to train on, got none");
    assertThatThrownBy(() -> Forecaster.of(new float[0][], Forecaster.Span.of(1, 1), GRU, INIT))
        .hasMessage("[forecaster] expected a series to train on, got none");
    List<List<String>> words = List.of(List.of("a"));
    assertThatThrownBy(() -> Tagger.of(words, List.of(List.of("D", "N")), 4, GRU, INIT))
        .hasMessage("[tagger] expected as many tags as tokens, got 2 and 1");
    Tagger tagger = Tagger.of(words, List.of(List.of("D")), 4, GRU, INIT);
    assertThatThrownBy(() -> tagger.predict(Arrays.asList("a", null))).hasMessage("token");
  }
}
