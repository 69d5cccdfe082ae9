package dev.unroll.examples;

import dev.unroll.interop.AtomicFile;
import dev.unroll.layers.recurrent.LanguageModel;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a run was made, for people and scripts: all that is needed to make it again. */
final class RunConfig {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private RunConfig() {}

  static void write(Path path, TrainCommand options, LanguageModel.Config config, Corpus corpus)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("text", corpus.name());
    root.put("tokenizer", "characters");
    root.put("cell", config.cell());
    root.put("vocabulary", config.vocabulary());
    root.put("embedding", config.embedding());
    root.put("hidden", config.hidden());
    root.put("layers", config.layers());
    root.put("batch", options.batch);
    root.put("window", options.window);
    root.put("optimizer", "adam");
    root.put("learningRate", options.learningRate);
    root.put("maxNorm", CharacterTraining.MAX_NORM);
    root.put("steps", options.steps);
    root.put("seed", options.seed);
    byte[] bytes = JSON.writeValueAsBytes(root);
    AtomicFile.write(path, out -> out.write(bytes));
  }
}
