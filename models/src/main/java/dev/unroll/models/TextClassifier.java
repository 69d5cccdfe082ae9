package dev.unroll.models;

import dev.unroll.data.Example;
import dev.unroll.data.Labels;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.text.tokenize.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A model in use: it predicts labels of texts, such as their sentiment. Any number of threads may
 * call it, also while another one trains the model.
 *
 * {@snippet class="snippets.ModelsTest" region="TextClassifier"}
 *
 * @param model maps ids to logits {@code [B, labels]}
 * @param encoder encodes texts as ids
 * @param labels the labels of the classes
 */
public record TextClassifier(ManyToOne model, TextEncoder encoder, Labels labels) {
  private static final String KIND = "text classifier";
  private static final String LABELS = "labels";
  private static final String ENCODER = "encoder";

  /**
   * Checks for null and for labels.
   *
   * @throws IllegalArgumentException if there is no label
   */
  public TextClassifier {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(encoder, ENCODER);
    if (Objects.requireNonNull(labels, LABELS).size() == 0) {
      throw new IllegalArgumentException("[textClassifier] expected at least one label, got none");
    }
  }

  /**
   * Returns an untrained classifier: an embedding, a recurrent layer, the maximum of its outputs
   * over time, and a linear layer.
   *
   * @param embedding the size of the vectors of tokens
   */
  public static TextClassifier of(
      TextEncoder encoder, Labels labels, int embedding, RecurrentConfig layers, Init init) {
    ManyToOne model =
        new ManyToOne(
            Embedding.of(encoder.size(), embedding, init.at("embedding")),
            layers.build(embedding, init.at("recurrent")),
            Pooling.max(),
            Linear.of(layers.outputSize(), labels.size(), init.at("head")));
    return new TextClassifier(model, encoder, labels);
  }

  /**
   * Returns examples for training.
   *
   * @param texts each with the label at the same index
   * @throws IllegalArgumentException if the numbers differ, or there is no such label
   */
  public List<Example> examples(List<String> texts, List<String> ofTexts) {
    Pairs.check("textClassifier", "texts", texts, LABELS, ofTexts);
    List<Example> all = new ArrayList<>();
    for (String text : texts) {
      all.add(Example.of(encoder.encode(text), labels.id(ofTexts.get(all.size()))));
    }
    return all;
  }

  /** Predicts the label of a text. */
  public Classified predict(String text) {
    return predict(List.of(text)).getFirst();
  }

  /** Predicts the labels of texts: each as if it were alone. */
  public List<Classified> predict(List<String> texts) {
    List<Example> examples =
        texts.stream().map(text -> Example.of(encoder.encode(text), 0)).toList();
    return Batched.outputs(model, examples, (x, n) -> model.apply(x, n, Mode.evaluation())).stream()
        .map(logits -> Classifier.classified(labels, logits))
        .toList();
  }

  /**
   * Opens a session, which reads a text piece by piece.
   *
   * @throws IllegalArgumentException if the model does not read forward step by step: see {@link
   *     ManyToOne#open}
   */
  public TextClassifierSession open() {
    return new TextClassifierSession(Live.onIds(model, model::open), this);
  }

  /**
   * Writes the classifier into one file: see {@link ModelFile#write}.
   *
   * @throws IOException if the file cannot be written
   */
  public void save(Path path) throws IOException {
    ModelFile.of(model)
        .with(ModelFile.KIND, KIND)
        .with(LABELS, labels)
        .with(ENCODER, encoder)
        .write(path);
  }

  /**
   * Reads a file that {@link #save} wrote.
   *
   * @throws IOException if it cannot be read, or has another model or other parts; the message
   *     names the file
   */
  public static TextClassifier load(Path path) throws IOException {
    return ModelFile.read(
        path,
        KIND,
        file ->
            new TextClassifier(
                file.model(ManyToOne.class),
                file.part(ENCODER, TextEncoder.class),
                file.part(LABELS, Labels.class)));
  }

  @Override
  public String toString() {
    return "TextClassifier[" + encoder + ", " + labels.names() + "]";
  }
}
