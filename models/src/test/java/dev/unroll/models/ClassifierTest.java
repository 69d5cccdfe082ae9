package dev.unroll.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Labels;
import dev.unroll.data.Scaling;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {
  private static final Labels LABELS = new Labels(List.of("fine", "worn", "broken"));

  @TempDir private Path folder;

  private final ManyToOne model = model(3);
  private final Classifier classifier = Classifier.of(model, LABELS);

  private static ManyToOne model(int classes) {
    Init init = Init.seed(2);
    return new ManyToOne(
        Activation.identity(),
        Bidirectional.of(GruCell.of(2, 4, init.at("fw")), GruCell.of(2, 4, init.at("bw"))),
        Pooling.mean(),
        Linear.of(8, classes, init.at("head")));
  }

  private static float[][] sequence(int steps, long seed) {
    Random random = new Random(seed);
    float[][] x = new float[steps][2];
    for (float[] step : x) {
      step[0] = random.nextFloat() - 0.5f;
      step[1] = 10 * random.nextFloat();
    }
    return x;
  }

  @Test
  void probabilitiesAreTheSoftmaxOfTheLogits() {
    float[][] x = sequence(3, 1);
    Tensor given =
        Tensor.of(Shape.of(1, 3, 2), x[0][0], x[0][1], x[1][0], x[1][1], x[2][0], x[2][1]);
    Variable logits = model.apply(Variable.of(given), new int[] {3}, Mode.evaluation());
    Classified result = classifier.predict(x);
    Tensor wide = logits.value().to(DType.FLOAT64);
    double[] expected = Variable.of(wide).softmax().value().toDoubles();
    for (int i = 0; i < 3; i++) {
      assertThat(result.probabilities().get(i)).isCloseTo(expected[i], within(1e-15));
    }
    assertThat(result.probability("worn")).isEqualTo(result.probabilities().get(1));
    assertThat(result.probability(result.label()))
        .isEqualTo(Collections.max(result.probabilities()));
    assertThat(result.toString()).startsWith(result.label() + " 0.");
  }

  @Test
  void eachSequenceIsPredictedAsIfItWereAlone() {
    List<float[][]> all = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      all.add(sequence(i % 7, i));
    }
    List<Classified> together = classifier.predict(all);
    assertThat(together).hasSize(150);
    for (int i = 0; i < 150; i++) {
      assertThat(together.get(i)).as("sequence %s", i).isEqualTo(classifier.predict(all.get(i)));
    }
    assertThat(classifier.predict(List.of())).isEmpty();
    assertThat(classifier.predict().probabilities()).hasSize(3); // without a step
  }

  @Test
  void aSeriesIsASequenceOfOneVariable() {
    Init init = Init.seed(4);
    ManyToOne one =
        new ManyToOne(
            Activation.identity(),
            Unroll.of(GruCell.of(1, 4, init.at("cell"))),
            Pooling.last(),
            Linear.of(4, 3, init.at("head")));
    Classifier c = Classifier.of(one, LABELS);
    assertThat(c.predictSeries(1, 2)).isEqualTo(c.predict(new float[] {1}, new float[] {2}));
  }

  @Test
  void inputsAreScaled() {
    float[][] x = sequence(4, 3);
    Scaling scaling =
        new Scaling(Tensor.of(Shape.of(2), 0.5, 2.0), Tensor.of(Shape.of(2), 2.0, 4.0));
    float[][] by = new float[4][2];
    for (int t = 0; t < 4; t++) {
      by[t][0] = (x[t][0] - 0.5f) / 2;
      by[t][1] = (x[t][1] - 2) / 4;
    }
    assertThat(classifier.scaled(scaling).predict(x)).isEqualTo(classifier.predict(by));
  }

  @Test
  void aClassifierIsReadAsItWasWritten() throws IOException {
    Path path = folder.resolve("classifier.safetensors");
    float[][] x = sequence(5, 4);
    classifier.save(path);
    assertThat(Classifier.load(path).predict(x)).isEqualTo(classifier.predict(x));
    Scaling scaling =
        new Scaling(Tensor.of(Shape.of(2), 0.5, 2.0), Tensor.of(Shape.of(2), 2.0, 4.0));
    classifier.scaled(scaling).save(path);
    Classifier scaled = Classifier.load(path);
    assertThat(scaled).hasToString("Classifier[fine, worn, broken] scaled");
    assertThat(scaled.predict(x)).isEqualTo(classifier.scaled(scaling).predict(x));
  }

  @Test
  void aFileOfAnotherModelIsRefusedWithItsName() throws IOException {
    Path path = folder.resolve("other.safetensors");
    ModelFile.of(model).write(path);
    assertThatThrownBy(() -> Classifier.load(path))
        .isInstanceOf(IOException.class)
        .hasMessage(path + ": [model] there is no part \"labels\"; there are []");
    ModelFile.of(Linear.of(1, 1, Init.seed(1))).with("labels", LABELS).write(path);
    assertThatThrownBy(() -> Classifier.load(path))
        .hasMessage(path + ": [model] expected the model to be a ManyToOne, got a Linear");
  }

  @Test
  void stepsOfAnotherWidthAreRefused() {
    assertThatThrownBy(() -> classifier.predict(new float[] {1, 2}, new float[] {1}))
        .hasMessage("[classifier] sequence 0: expected 2 features in each step, got 1 in step 1");
    assertThatThrownBy(() -> classifier.predict(new float[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1, 1, 3]");
    assertThatThrownBy(() -> Classifier.of(model(2), LABELS).predict(sequence(2, 1)))
        .hasMessage("[classifier] expected logits [3] of the model, got [2]");
    assertThatThrownBy(() -> classifier.predict(new float[] {Float.NaN, 1}))
        .hasMessage(
            "[classifier] sequence 0, step 0: expected finite features, got NaN as feature 0");
    assertThatThrownBy(() -> Classifier.of(model, new Labels(List.of())))
        .hasMessage("[classifier] expected at least one label, got none");
  }
}
