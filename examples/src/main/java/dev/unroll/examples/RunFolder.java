package dev.unroll.examples;

import dev.unroll.examples.picture.Output;
import dev.unroll.interop.Safetensors;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.Checkpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a training leaves: {@code weights.safetensors} (which knows its own configuration), {@code
 * vocabulary.txt}, {@code config.json}, {@code metrics.csv}, {@code loss.svg} and {@code
 * checkpoints}.
 */
record RunFolder(Path path) {

  /**
   * Refuses a folder that exists already: a run never overwrites.
   *
   * @throws FileAlreadyExistsException if it does
   */
  void expectNew() throws FileAlreadyExistsException {
    if (Files.exists(path)) {
      throw new FileAlreadyExistsException(
          path.toString(), null, "exists already; a run never overwrites, name another --out");
    }
  }

  /**
   * Makes the folder.
   *
   * @throws IOException if it exists already, or cannot be created
   */
  void create() throws IOException {
    expectNew();
    Output.folder(path);
  }

  Path weights() {
    return path.resolve("weights.safetensors");
  }

  Path vocabulary() {
    return path.resolve("vocabulary.txt");
  }

  Path config() {
    return path.resolve("config.json");
  }

  Path metrics() {
    return path.resolve("metrics.csv");
  }

  Path curve() {
    return path.resolve("loss.svg");
  }

  Checkpoints checkpoints() {
    return new Checkpoints(path.resolve("checkpoints"));
  }

  /**
   * Returns how the run was made.
   *
   * @throws IOException if this is no folder of a run
   */
  RunConfig readConfig() throws IOException {
    check(config());
    return RunConfig.read(config());
  }

  private void check(Path... expected) throws IOException {
    for (Path p : expected) {
      if (!Files.exists(p)) {
        throw new IOException(path + " is not the folder of a run: it lacks " + p);
      }
    }
  }

  /** Returns the metadata of a weights file. */
  static Map<String, String> metadata(LanguageModel.Config config, Vocabulary vocabulary) {
    Map<String, String> metadata = new LinkedHashMap<>(config.toMap());
    metadata.putAll(vocabulary.metadata());
    return metadata;
  }

  /** Saves the weights atomically. */
  void save(LanguageModel model, Map<String, String> metadata) throws IOException {
    new Safetensors(model.save(), metadata).write(weights());
  }

  /** Returns whether the run is complete: a model with all its steps has been saved. */
  boolean isFinished(LanguageModel model) throws IOException {
    if (!Files.exists(weights()) || !Files.exists(curve())) {
      return false;
    }
    Map<String, Tensor> saved = Safetensors.read(weights()).tensors();
    Map<String, Tensor> now = model.save();
    return now.keySet().equals(saved.keySet())
        && now.entrySet().stream()
            .allMatch(e -> e.getValue().sameBits(Objects.requireNonNull(saved.get(e.getKey()))));
  }

  /** A trained model, ready to predict. */
  record Trained(LanguageModel model, Vocabulary vocabulary) {}

  /**
   * Loads the saved model, or the newest checkpoint of a run that was killed.
   *
   * @throws IOException if a file is missing, damaged or of another model; the message names it
   */
  Trained load() throws IOException {
    check(path, vocabulary());
    Path weights = weights();
    var newest = checkpoints().newest();
    if (!Files.exists(weights) && newest.isPresent()) {
      newest.get().verify();
      weights = newest.get().folder().resolve(weights.getFileName());
    }
    check(weights);
    Safetensors file = Safetensors.read(weights);
    Vocabulary vocabulary = Vocabulary.load(vocabulary());
    LanguageModel model;
    try {
      model = LanguageModel.load(file.metadata(), file.tensors());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalArgumentException e) {
      throw new IOException(weights + ": " + e.getMessage(), e);
    }
    try {
      vocabulary.check(file.metadata());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          vocabulary() + ": " + e.getMessage() + "; the weights are " + weights, e);
    }
    return new Trained(model, vocabulary);
  }
}
