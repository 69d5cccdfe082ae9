package dev.unroll.models;

import dev.unroll.data.Dataset;
import dev.unroll.data.Example;
import dev.unroll.data.Labels;
import dev.unroll.data.Scaling;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model in use: it predicts labels of sequences of numbers, {@code [T][I]}, which are not scaled.
 * Any number of threads may call it, also while another one trains the model: all predictions of a
 * call are of one version of the weights.
 *
 * {@snippet class="snippets.ModelsTest" region="Classifier"}
 *
 * @param model maps sequences to logits {@code [B, labels]}
 * @param labels the labels of the classes
 * @param features the names of the I features; empty if they are unknown
 * @param scaling applied to each step before the model, if any
 */
public record Classifier(
    ManyToOne model, Labels labels, List<String> features, Optional<Scaling> scaling) {
  private static final String KIND = "classifier";
  private static final String FEATURES = "features";
  private static final String LABELS = "labels";
  private static final String SCALING = "scaling";

  /**
   * Checks for null and for labels.
   *
   * @throws IllegalArgumentException if there is no label
   */
  public Classifier {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(labels, LABELS);
    Objects.requireNonNull(features, FEATURES)
        .forEach(each -> Objects.requireNonNull(each, "feature"));
    features = List.copyOf(features);
    Objects.requireNonNull(scaling, SCALING);
    if (labels.size() == 0) {
      throw new IllegalArgumentException("[classifier] expected at least one label, got none");
    }
  }

  /** Returns a classifier without scaling. */
  public static Classifier of(ManyToOne model, Labels labels) {
    return new Classifier(model, labels, List.of(), Optional.empty());
  }

  /**
   * Returns an untrained classifier for the features and labels of examples: a recurrent layer, the
   * mean of its outputs over time, and a linear layer. Inputs are scaled to mean 0 and standard
   * deviation 1, or as the data was scaled.
   *
   * @param training examples with one class each, which determine the scaling
   * @throws IllegalStateException if they have no labels
   */
  public static Classifier of(Dataset training, RecurrentConfig layers, Init init) {
    if (training.ids().length == 0) {
      throw new IllegalArgumentException("[classifier] expected examples to train on, got none");
    }
    ManyToOne model =
        new ManyToOne(
            Activation.identity(),
            layers.build(training.features().size(), init.at("recurrent")),
            Pooling.mean(),
            Linear.of(layers.outputSize(), training.labels().size(), init.at("head")));
    Scaling scaling = training.scaling().orElseGet(training::standardScaling);
    return new Classifier(model, training.labels(), training.features(), Optional.of(scaling));
  }

  /** Returns a classifier that scales its inputs. */
  public Classifier scaled(Scaling by) {
    return new Classifier(model, labels, features, Optional.of(by));
  }

  /**
   * Predicts the label of one sequence.
   *
   * @param steps the features of each step, {@code [T][I]}
   * @throws IllegalArgumentException if steps have different numbers of features, or others than
   *     the model reads, or the result is not finite
   */
  public Classified predict(float[]... steps) {
    return predict(List.<float[][]>of(steps)).getFirst();
  }

  /**
   * Predicts the label of one series of a single variable.
   *
   * @param values the value at each step, {@code [T]}
   * @throws IllegalArgumentException if the model reads more than one feature, or the result is not
   *     finite
   */
  public Classified predictSeries(float... values) {
    return predict(Sequences.single(values));
  }

  /**
   * Predicts the labels of sequences, which may have different lengths: each as if it were alone.
   *
   * @param sequences each {@code [T][I]}
   * @throws IllegalArgumentException if steps have different numbers of features, or others than
   *     the model reads, or a result is not finite
   */
  public List<Classified> predict(List<float[][]> sequences) {
    List<Example> examples = new ArrayList<>();
    for (float[][] each : Objects.requireNonNull(sequences, "sequences")) {
      examples.add(example(each, examples.size()));
    }
    return classify(examples);
  }

  private List<Classified> classify(List<Example> examples) {
    return Batched.outputs(model, examples, (x, n) -> model.apply(x, n, Mode.evaluation())).stream()
        .map(logits -> classified(labels, logits))
        .toList();
  }

  private Example example(float[][] steps, int index) {
    boolean empty = Objects.requireNonNull(steps, "sequence").length == 0;
    int width =
        scaling.isPresent()
            ? scaling.get().center().shape().size()
            : empty
                ? model.recurrent().inputSize()
                : Objects.requireNonNull(steps[0], "step").length;
    Tensor x = Sequences.of("classifier", index, width, steps);
    Tensor scaled = scaling.isPresent() && !empty ? scaling.get().apply(x) : x;
    return new Example(scaled, Tensor.of(Shape.of(), 0));
  }

  /** Returns logits as probabilities, after a check of their number. */
  static Classified classified(Labels labels, Tensor logits) {
    Shape expected = Shape.of(labels.size());
    if (!logits.shape().equals(expected)) {
      throw new IllegalArgumentException(
          "[classifier] expected logits " + expected + " of the model, got " + logits.shape());
    }
    return Classified.of(labels, logits.toDoubles());
  }

  /**
   * Returns examples as the model reads them: with scaled inputs.
   *
   * @throws IllegalArgumentException if the data has other labels or features, or another scaling
   */
  public List<Example> examples(Dataset data) {
    if (!data.labels().equals(labels)) {
      throw new IllegalArgumentException(
          "[classifier] expected data with labels "
              + labels.names()
              + ", got "
              + data.labels().names());
    }
    return scaled(data);
  }

  private List<Example> scaled(Dataset data) {
    if (!features.isEmpty() && !data.features().equals(features)) {
      throw new IllegalArgumentException(
          "[classifier] expected data with features " + features + ", got " + data.features());
    }
    if (data.scaling().isPresent() && !same(data.scaling(), scaling)) {
      throw new IllegalArgumentException(
          "[classifier] expected data that is not scaled, or as the classifier's, got " + data);
    }
    boolean ready = scaling.isEmpty() || data.scaling().isPresent();
    return ready ? data.examples() : data.scaled(scaling.get()).examples();
  }

  private static boolean same(Optional<Scaling> a, Optional<Scaling> b) {
    return a.isPresent()
        && b.isPresent()
        && Arrays.equals(a.get().center().toDoubles(), b.get().center().toDoubles())
        && Arrays.equals(a.get().width().toDoubles(), b.get().width().toDoubles());
  }

  /**
   * Predicts the labels of the examples of a data set, such as {@link
   * dev.unroll.data.Series#unlabelled}.
   *
   * @throws IllegalArgumentException if the data has other features, or another scaling
   */
  public List<Classified> predict(Dataset data) {
    return classify(scaled(data));
  }

  /**
   * Opens a session, which reads one step at a time.
   *
   * @throws IllegalArgumentException if the model does not read forward in time step by step: see
   *     {@link ManyToOne#open}
   */
  public ClassifierSession open() {
    return new ClassifierSession(
        Live.onVectors(model, model.recurrent().inputSize(), model::open), labels, scaling);
  }

  /**
   * Writes the classifier into one file: see {@link ModelFile#write}.
   *
   * @throws IOException if the file cannot be written
   */
  public void save(Path path) throws IOException {
    ModelFile file = ModelFile.of(model).with(ModelFile.KIND, KIND).with(LABELS, labels);
    file = features.isEmpty() ? file : file.with(FEATURES, new Labels(features));
    (scaling.isPresent() ? file.with(SCALING, scaling.get()) : file).write(path);
  }

  /**
   * Reads a file that {@link #save} wrote.
   *
   * @throws IOException if it cannot be read, or has another model or no labels; the message names
   *     the file
   */
  public static Classifier load(Path path) throws IOException {
    return ModelFile.read(
        path,
        KIND,
        file -> {
          @Nullable Object scaling = file.parts().get(SCALING);
          @Nullable Object features = file.parts().get(FEATURES);
          return new Classifier(
              file.model(ManyToOne.class),
              file.part(LABELS, Labels.class),
              features == null ? List.of() : file.part(FEATURES, Labels.class).names(),
              scaling == null ? Optional.empty() : Optional.of(file.part(SCALING, Scaling.class)));
        });
  }

  @Override
  public String toString() {
    return "Classifier" + labels.names() + (scaling.isPresent() ? " scaled" : "");
  }
}
