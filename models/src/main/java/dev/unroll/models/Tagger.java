package dev.unroll.models;

import dev.unroll.data.Example;
import dev.unroll.data.Labels;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A model in use: it predicts a label of each token of a sequence, such as its part of speech. Any
 * number of threads may call it, also while another one trains the model.
 *
 * {@snippet class="snippets.ModelsTest" region="Tagger"}
 *
 * @param model maps ids to logits {@code [B, T, labels]}
 * @param vocabulary the ids of the tokens
 * @param labels the labels of the tags
 */
public record Tagger(ManyToMany model, Vocabulary vocabulary, Labels labels) {
  private static final String KIND = "tagger";
  private static final String LABELS = "labels";
  private static final String VOCABULARY = "vocabulary";

  /**
   * Checks for null and for labels.
   *
   * @throws IllegalArgumentException if there is no label
   */
  public Tagger {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(vocabulary, VOCABULARY);
    if (Objects.requireNonNull(labels, LABELS).size() == 0) {
      throw new IllegalArgumentException("[tagger] expected at least one label, got none");
    }
  }

  /**
   * Returns an untrained tagger for the tokens and tags of given sequences: an embedding, a
   * recurrent layer and a linear layer. Tokens that it does not know are one of their own.
   *
   * @param tokens of each sequence
   * @param tags of each token
   * @param embedding the size of the vectors of tokens
   */
  public static Tagger of(
      List<List<String>> tokens,
      List<List<String>> tags,
      int embedding,
      RecurrentConfig layers,
      Init init) {
    checkPairs(tokens, tags);
    Map<String, Long> counts = new HashMap<>();
    tokens.forEach(all -> all.forEach(token -> counts.merge(token, 1L, Long::sum)));
    Vocabulary vocabulary = Vocabulary.of(counts);
    Labels labels = Labels.of(tags.stream().flatMap(List::stream).toList());
    ManyToMany model =
        new ManyToMany(
            Embedding.of(vocabulary.size(), embedding, init.at("embedding")),
            layers.build(embedding, init.at("recurrent")),
            Linear.of(layers.outputSize(), labels.size(), init.at("head")));
    return new Tagger(model, vocabulary, labels);
  }

  /**
   * Returns examples for training.
   *
   * @param tokens of each sequence
   * @param tags of each token
   * @throws IllegalArgumentException if the numbers differ, or there is no such label
   */
  public List<Example> examples(List<List<String>> tokens, List<List<String>> tags) {
    checkPairs(tokens, tags);
    List<Example> all = new ArrayList<>();
    for (List<String> each : tokens) {
      List<String> its = tags.get(all.size());
      all.add(Example.of(ids(each), its.stream().mapToInt(labels::id).toArray()));
    }
    return all;
  }

  private static void checkPairs(List<List<String>> tokens, List<List<String>> tags) {
    Pairs.check("tagger", "sequences", tokens, "sequences of tags", tags);
    for (int i = 0; i < tokens.size(); i++) {
      Pairs.check("tagger", "tokens", tokens.get(i), "tags", tags.get(i));
    }
  }

  private int[] ids(List<String> tokens) {
    return tokens.stream()
        .mapToInt(token -> vocabulary.id(Objects.requireNonNull(token, "token")))
        .toArray();
  }

  /** Predicts the label of each token of a sequence. */
  public List<String> predict(List<String> tokens) {
    return predictAll(List.of(tokens)).getFirst();
  }

  /** Predicts the labels of the tokens of sequences: of each as if it were alone. */
  public List<List<String>> predictAll(List<List<String>> sequences) {
    List<Example> examples = sequences.stream().map(each -> Example.of(ids(each), 0)).toList();
    List<Tensor> logits =
        Batched.outputs(model, examples, (x, n) -> model.apply(x, n, Mode.evaluation()));
    List<List<String>> all = new ArrayList<>();
    for (Tensor each : logits) {
      int steps = sequences.get(all.size()).size();
      List<String> tags = new ArrayList<>();
      for (int t = 0; t < steps; t++) {
        tags.add(Classifier.classified(labels, each.select(0, t)).label());
      }
      all.add(tags);
    }
    return all;
  }

  /**
   * Opens a session, which reads a token at a time.
   *
   * @throws IllegalArgumentException if the model does not read forward step by step: see {@link
   *     ManyToMany#open}
   */
  public TaggerSession open() {
    return new TaggerSession(Live.onIds(model, model::open), vocabulary, labels);
  }

  /**
   * Writes the tagger into one file: see {@link ModelFile#write}.
   *
   * @throws IOException if the file cannot be written
   */
  public void save(Path path) throws IOException {
    ModelFile.of(model)
        .with(ModelFile.KIND, KIND)
        .with(LABELS, labels)
        .with(VOCABULARY, vocabulary)
        .write(path);
  }

  /**
   * Reads a file that {@link #save} wrote.
   *
   * @throws IOException if it cannot be read, or has another model or other parts; the message
   *     names the file
   */
  public static Tagger load(Path path) throws IOException {
    return ModelFile.read(
        path,
        KIND,
        file ->
            new Tagger(
                file.model(ManyToMany.class),
                file.part(VOCABULARY, Vocabulary.class),
                file.part(LABELS, Labels.class)));
  }

  @Override
  public String toString() {
    return "Tagger[" + vocabulary.size() + " tokens, " + labels.names() + "]";
  }
}
