package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.data.Dataset;
import dev.unroll.data.Example;
import dev.unroll.data.Labels;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.models.Classified;
import dev.unroll.models.Classifier;
import dev.unroll.models.ClassifierSession;
import dev.unroll.models.Forecast;
import dev.unroll.models.Forecaster;
import dev.unroll.models.ForecasterSession;
import dev.unroll.models.LayerProvider;
import dev.unroll.models.LayerType;
import dev.unroll.models.ModelFile;
import dev.unroll.models.Tagger;
import dev.unroll.models.TaggerSession;
import dev.unroll.models.TextClassifier;
import dev.unroll.models.TextClassifierSession;
import dev.unroll.models.Translator;
import dev.unroll.text.tokenize.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples in the Javadoc of {@code dev.unroll.models}. */
class ModelsTest {
  @TempDir private Path folder;

  @Test
  void modelFile() throws IOException {
    Init init = Init.seed(1);
    ManyToOne model =
        new ManyToOne(
            Activation.identity(),
            Unroll.of(GruCell.of(3, 16, init.at("cell"))),
            Pooling.last(),
            Linear.of(16, 2, init.at("head")));
    Path path = folder.resolve("machine.safetensors");
    // @start region="ModelFile"
    ModelFile.of(model).with("labels", new Labels(List.of("fine", "faulty"))).write(path);

    ModelFile file = ModelFile.read(path); // in another process, say
    ManyToOne read = file.model(ManyToOne.class);
    Labels labels = file.part("labels", Labels.class);
    // @end
    assertThat(read.save().keySet()).isEqualTo(model.save().keySet());
    assertThat(labels.name(1)).isEqualTo("faulty");
  }

  @Test
  void classifier() throws IOException {
    Init init = Init.seed(1);
    ManyToOne model =
        new ManyToOne(
            Activation.identity(),
            Unroll.of(GruCell.of(3, 16, init.at("cell"))),
            Pooling.last(),
            Linear.of(16, 2, init.at("head")));
    Path path = folder.resolve("machine.safetensors");
    // @start region="Classifier"
    Classifier.of(model, new Labels(List.of("fine", "faulty"))).save(path);

    Classifier machine = Classifier.load(path); // in another process, say
    float[][] readings = {{1, 0, 2}, {1, 3, 2}}; // [T][I]
    String label = machine.predict(readings).label();
    // @end
    assertThat(label).isIn("fine", "faulty");
    // @start region="Classified"
    Classified result = machine.predict(readings);
    double probability = result.probability("faulty");
    // @end
    assertThat(probability).isBetween(0.0, 1.0);
  }

  @Test
  void classifierSession() {
    Dataset data =
        new Dataset(
            Example.ofSequences(
                List.of(new float[][] {{1, 2}}, new float[][] {{3, 5}}), new int[] {0, 1}),
            List.of("speed", "heat"),
            new Labels(List.of("fine", "faulty")));
    Classifier machine = Classifier.of(data, RecurrentConfig.of("gru", 8), Init.seed(1));
    // @start region="ClassifierSession"
    try (ClassifierSession live = machine.open()) {
      Classified soFar = live.step(0.5f, 21); // the readings of one minute
      live.step(0.6f, 22);
      live.reset(); // the next sequence
      // @end
      assertThat(soFar.label()).isIn("fine", "faulty");
    }
  }

  @Test
  void textClassifier() {
    List<String> texts = List.of("good film", "bad film");
    List<String> labels = List.of("positive", "negative");
    // @start region="TextClassifier"
    TextEncoder encoder = TextEncoder.learn("words", texts);
    TextClassifier reviews =
        TextClassifier.of(
            encoder, Labels.of(labels), 16, RecurrentConfig.of("lstm", 32), Init.seed(1));
    List<Example> training = reviews.examples(texts, labels); // for a Trainer of reviews.model()
    String label = reviews.predict("a good film").label();
    // @end
    assertThat(training).hasSize(2);
    assertThat(label).isIn(labels);
    // @start region="TextClassifierSession"
    try (TextClassifierSession live = reviews.open()) {
      live.read("a good");
      Classified soFar = live.read(" film");
      // @end
      assertThat(soFar.labels()).isEqualTo(reviews.labels());
    }
  }

  @Test
  void tagger() {
    // @start region="Tagger"
    List<List<String>> words = List.of(List.of("a", "dog", "barks"));
    List<List<String>> tags = List.of(List.of("DET", "NOUN", "VERB"));
    Tagger tagger = Tagger.of(words, tags, 16, RecurrentConfig.of("gru", 16), Init.seed(1));
    List<Example> training = tagger.examples(words, tags); // for a Trainer of tagger.model()
    List<String> predicted = tagger.predict(List.of("a", "cat"));
    // @end
    assertThat(training).hasSize(1);
    assertThat(predicted).hasSize(2);
    // @start region="TaggerSession"
    try (TaggerSession live = tagger.open()) {
      String tag = live.step("a").label();
      // @end
      assertThat(tag).isEqualTo(predicted.getFirst());
    }
  }

  @Test
  void forecaster() {
    float[][] series = new float[40][1];
    for (int t = 0; t < 40; t++) {
      series[t][0] = t % 7;
    }
    // @start region="Forecaster"
    Forecaster.Span span = Forecaster.Span.of(14, 7); // reads two weeks, predicts one
    Forecaster sales = Forecaster.of(series, span, RecurrentConfig.of("lstm", 16), Init.seed(1));
    List<Example> training = sales.examples(series); // for a Trainer with sales.loss()
    // @end
    assertThat(training).hasSize(20);
    // @start region="Forecast"
    Forecast week = sales.predict(series); // after the last day of the series
    List<Double> expected = week.median();
    List<Double> atLeast = week.quantile(0.1);
    // @end
    assertThat(expected).hasSameSizeAs(atLeast).hasSize(7);
    // @start region="ForecasterSession"
    try (ForecasterSession live = sales.open()) {
      for (float[] day : series) {
        week = live.step(day).orElse(week); // a forecast after each day from the 14th
      }
      // @end
      assertThat(week.size()).isEqualTo(7);
    }
  }

  @Test
  void translator() {
    List<String> english = List.of("one", "two");
    List<String> german = List.of("eins", "zwei");
    // @start region="Translator"
    Translator numbers =
        Translator.of(
            TextEncoder.learn("words", english),
            TextEncoder.learn("words", german),
            20,
            16,
            RecurrentConfig.of("gru", 32).bidirectional(),
            Init.seed(1));
    // for a Trainer of Task.of(numbers.model(), numbers.begin(), Loss.crossEntropy())
    List<Example> training = numbers.examples(english, german);
    String translation = numbers.translate("one");
    // @end
    assertThat(training).hasSize(2);
    assertThat(translation).isNotNull();
  }

  /** Multiplies by learned factors. */
  // @start region="LayerType"
  public record Scaled(Parameter factors) implements Deterministic {
    @Override
    public Variable apply(Variable x) {
      return x.mul(factors);
    }

    @Override
    public void describe(Parts parts) {
      parts.parameter("factors", factors);
    }
  }

  private final LayerType<Scaled> scaled = LayerType.of(Scaled.class);

  // @end

  // @start region="LayerProvider"
  /** Named in module-info.java and in META-INF/services. */
  public static final class OwnLayers implements LayerProvider {
    @Override
    public Map<String, LayerType<?>> byName() {
      return Map.of("scaled", LayerType.of(Scaled.class));
    }
  }

  // @end

  @Test
  void layerProvider() {
    assertThat(scaled.layer()).isEqualTo(Scaled.class);
    assertThat(new OwnLayers().byName()).containsOnlyKeys("scaled");
  }
}
