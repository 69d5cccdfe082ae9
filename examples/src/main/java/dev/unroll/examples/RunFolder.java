package dev.unroll.examples;

import dev.unroll.interop.Safetensors;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.LanguageModel;
import dev.unroll.text.Vocabulary;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a training leaves: {@code weights.safetensors} (which knows its own configuration), {@code
 * vocabulary.txt}, {@code config.json}, {@code metrics.csv} and {@code loss.svg}.
 */
record RunFolder(Path path) {

  /**
   * Makes a new folder.
   *
   * @throws IOException if it is there already, or cannot be made
   */
  static RunFolder create(Path path) throws IOException {
    if (Files.exists(path)) {
      throw new FileAlreadyExistsException(
          path.toString(), null, "is there already; a run never overwrites, name another --out");
    }
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new IOException(path + ": this folder cannot be made: " + e.getMessage(), e);
    }
    return new RunFolder(path);
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

  /** Saves the weights; the file appears whole or not at all. */
  void save(LanguageModel model, LanguageModel.Config config) throws IOException {
    new Safetensors(model.save(), config.toMap()).write(weights());
  }

  /** A trained model, ready to predict. */
  record Trained(LanguageModel model, Vocabulary vocabulary) {}

  /**
   * Loads what {@link #save} saved.
   *
   * @throws IOException if a file is missing, damaged or of something else; the message says which
   */
  Trained load() throws IOException {
    for (Path p : new Path[] {path, weights(), vocabulary()}) {
      if (!Files.exists(p)) {
        throw new IOException(path + " is no folder of a run: there is no " + p);
      }
    }
    Safetensors file = Safetensors.read(weights());
    Vocabulary vocabulary = Vocabulary.load(vocabulary());
    try {
      LanguageModel.Config config = LanguageModel.Config.of(file.metadata());
      if (config.vocabulary() != vocabulary.size()) {
        throw new IllegalArgumentException(
            "the model has "
                + config.vocabulary()
                + " tokens, "
                + vocabulary()
                + " has "
                + vocabulary.size());
      }
      LanguageModel model = LanguageModel.of(config, Init.seed(0));
      model.load(file.tensors()).orThrow();
      return new Trained(model, vocabulary);
    } catch (IllegalArgumentException e) {
      throw new IOException(weights() + ": " + e.getMessage(), e);
    }
  }
}
