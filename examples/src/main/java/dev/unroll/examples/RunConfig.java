package dev.unroll.examples;

import dev.unroll.examples.fit.JsonFile;
import dev.unroll.files.AtomicFile;
import dev.unroll.layers.sequence.LanguageModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The configuration of a run, for people and scripts: all that is needed to repeat or resume it.
 *
 * @param text the path, or null for the default text
 * @param fingerprint of the text: see {@link Corpus#fingerprint}
 */
record RunConfig(
    @Nullable String text,
    long fingerprint,
    String cell,
    int embedding,
    int hidden,
    int layers,
    int batch,
    int window,
    double learningRate,
    long steps,
    long seed) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  @Nullable Path path() {
    return text == null ? null : Path.of(text);
  }

  LanguageModel.Config model(int vocabulary) {
    return new LanguageModel.Config(cell, vocabulary, embedding, hidden, layers);
  }

  RunConfig withFingerprint(long of) {
    return new RunConfig(
        text, of, cell, embedding, hidden, layers, batch, window, learningRate, steps, seed);
  }

  RunConfig withSteps(long of) {
    return new RunConfig(
        text, fingerprint, cell, embedding, hidden, layers, batch, window, learningRate, of, seed);
  }

  void write(Path path) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(this);
    AtomicFile.write(path, out -> out.write(bytes));
  }

  static RunConfig read(Path path) throws IOException {
    JsonNode tree = JsonFile.read(path);
    List<String> names =
        Arrays.stream(RunConfig.class.getRecordComponents()).map(c -> c.getName()).toList();
    if (!tree.isObject() || !Set.copyOf(names).equals(Set.copyOf(tree.propertyNames()))) {
      throw new IOException(
          path + ": expected the configuration of a run: an object with " + names);
    }
    RunConfig config;
    try {
      config = JSON.treeToValue(tree, RunConfig.class);
    } catch (JacksonException e) {
      String name = e.getPath().isEmpty() ? "a value" : e.getPath().getLast().getPropertyName();
      throw new IOException(path + ": " + name + " is of another type than expected", e);
    }
    if (!Double.isFinite(config.learningRate)) {
      throw new IOException(path + ": learningRate: expected a finite number");
    }
    for (String size : List.of("hidden", "layers", "embedding", "batch", "window", "steps")) {
      long given = tree.get(size).asLong();
      int most = Count.most("--" + size);
      if (given < 1 || given > most) {
        throw new IOException(
            path + ": " + size + ": expected a whole number from 1 to " + most + ", not " + given);
      }
    }
    return config;
  }

  /** Returns what the model is, in a line. */
  String summary(int weights) {
    return String.format(Locale.ROOT, "%s %d x %d, %,d weights", cell, layers, hidden, weights);
  }
}
