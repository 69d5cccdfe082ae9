package dev.unroll.models;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Labels;
import dev.unroll.data.Scaling;
import dev.unroll.layers.Mode;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model in use: it predicts labels of sequences of numbers. Any number of threads may call it,
 * also while another one trains the model: all predictions of a call are of one version of the
 * weights.
 *
 * {@snippet class="snippets.ModelsTest" region="Classifier"}
 *
 * @param model maps sequences to logits {@code [B, labels]}
 * @param labels the labels of the classes
 * @param scaling applied to each step before the model, if any
 */
public record Classifier(ManyToOne model, Labels labels, Optional<Scaling> scaling) {
  private static final String LABELS = "labels";
  private static final String SCALING = "scaling";

  /** Sequences that are predicted together. */
  private static final int BATCH = 64;

  /**
   * Checks for null and for labels.
   *
   * @throws IllegalArgumentException if there is no label
   */
  public Classifier {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(labels, LABELS);
    Objects.requireNonNull(scaling, SCALING);
    if (labels.size() == 0) {
      throw new IllegalArgumentException("[classifier] expected at least one label, got none");
    }
  }

  /** Returns a classifier without scaling. */
  public static Classifier of(ManyToOne model, Labels labels) {
    return new Classifier(model, labels, Optional.empty());
  }

  /** Returns a classifier that scales its inputs. */
  public Classifier scaled(Scaling by) {
    return new Classifier(model, labels, Optional.of(by));
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
    float[][] steps = new float[Objects.requireNonNull(values, "values").length][1];
    for (int t = 0; t < values.length; t++) {
      steps[t][0] = values[t];
    }
    return predict(steps);
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
    return Variable.withoutGradient(() -> model.snapshot().call(() -> all(examples)));
  }

  private Example example(float[][] steps, int index) {
    int width = model.recurrent().inputSize();
    for (int t = 0; t < Objects.requireNonNull(steps, "sequence").length; t++) {
      width = t == 0 ? steps[0].length : width;
      if (steps[t].length != width) {
        throw new IllegalArgumentException(
            "[classifier] sequence "
                + index
                + ": expected "
                + width
                + " features in each step, got "
                + steps[t].length
                + " in step "
                + t);
      }
    }
    float[] flat = new float[steps.length * width];
    for (int t = 0; t < steps.length; t++) {
      System.arraycopy(steps[t], 0, flat, t * width, width);
    }
    Tensor x = Tensor.of(Shape.of(steps.length, width), flat);
    Tensor scaled = scaling.isPresent() && steps.length > 0 ? scaling.get().apply(x) : x;
    return new Example(scaled, Tensor.of(Shape.of(), 0));
  }

  private List<Classified> all(List<Example> examples) {
    List<Classified> all = new ArrayList<>();
    for (int at = 0; at < examples.size(); at += BATCH) {
      List<Example> some = examples.subList(at, Math.min(examples.size(), at + BATCH));
      Batch batch = ExampleBatches.batch(some);
      Variable logits =
          model.apply(Variable.of(batch.inputs()), batch.lengths().toInts(), Mode.evaluation());
      Shape expected = Shape.of(some.size(), labels.size());
      if (!logits.shape().equals(expected)) {
        throw new IllegalArgumentException(
            "[classifier] expected logits " + expected + " of the model, got " + logits.shape());
      }
      add(logits.softmax().value().toDoubles(), all);
    }
    return all;
  }

  private void add(double[] probabilities, List<Classified> to) {
    for (int at = 0; at < probabilities.length; at += labels.size()) {
      List<Double> row = new ArrayList<>();
      for (int i = at; i < at + labels.size(); i++) {
        row.add(probabilities[i]);
      }
      to.add(new Classified(labels, row));
    }
  }

  /**
   * Writes the classifier into one file: see {@link ModelFile#write}.
   *
   * @throws IOException if the file cannot be written
   */
  public void save(Path path) throws IOException {
    ModelFile file = ModelFile.of(model).with(LABELS, labels);
    (scaling.isPresent() ? file.with(SCALING, scaling.get()) : file).write(path);
  }

  /**
   * Reads a file that {@link #save} wrote.
   *
   * @throws IOException if it cannot be read, or has another model or no labels; the message names
   *     the file
   */
  public static Classifier load(Path path) throws IOException {
    ModelFile file = ModelFile.read(path);
    try {
      @Nullable Object scaling = file.parts().get(SCALING);
      return new Classifier(
          file.model(ManyToOne.class),
          file.part(LABELS, Labels.class),
          scaling == null ? Optional.empty() : Optional.of(file.part(SCALING, Scaling.class)));
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "Classifier" + labels.names() + (scaling.isPresent() ? " scaled" : "");
  }
}
