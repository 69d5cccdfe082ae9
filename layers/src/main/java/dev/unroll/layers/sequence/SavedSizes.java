package dev.unroll.layers.sequence;

import dev.unroll.tensor.Tensor;
import java.util.Map;

/**
 * Compares the sizes that a file declares with its weights, since large sizes are easy to declare
 * but expensive to allocate.
 */
final class SavedSizes {
  private static final String LEVEL = "unroll.cell.";

  private SavedSizes() {}

  /**
   * Checks that a model of this configuration is not larger than the weights.
   *
   * @throws IllegalArgumentException if it is; the message names the size and the weight
   */
  static void check(LanguageModel.Config config, Map<String, Tensor> weights) {
    shape("embedding.weight", weights, config.vocabulary(), config.embedding());
    shape("head.weight", weights, config.hidden(), config.vocabulary());
    long levels =
        weights.keySet().stream()
            .filter(name -> name.startsWith(LEVEL))
            .map(name -> level(name))
            .distinct()
            .count();
    if (levels != config.layers()) {
      throw new IllegalArgumentException(
          "[languageModel] expected weights of " + config.layers() + " layers, got " + levels);
    }
    for (int i = 0; i < config.layers(); i++) {
      checkCell(LEVEL + i + ".", config, weights);
    }
  }

  private static String level(String name) {
    int dot = name.indexOf('.', LEVEL.length());
    return name.substring(LEVEL.length(), dot < 0 ? name.length() : dot);
  }

  private static void shape(String name, Map<String, Tensor> weights, int rows, int columns) {
    Tensor weight = weights.get(name);
    boolean fits =
        weight != null
            && weight.shape().rank() == 2
            && weight.shape().dim(0) == rows
            && weight.shape().dim(1) == columns;
    if (!fits) {
      throw new IllegalArgumentException(
          "[languageModel] \""
              + name
              + "\" expected "
              + "["
              + rows
              + ", "
              + columns
              + "], got "
              + (weight == null ? "none among " + weights.keySet() : weight.shape()));
    }
  }

  /** Every recurrent cell has a matrix from its outputs to its gates. */
  private static void checkCell(
      String prefix, LanguageModel.Config config, Map<String, Tensor> weights) {
    long numbers = 0;
    for (Map.Entry<String, Tensor> e : weights.entrySet()) {
      numbers += e.getKey().startsWith(prefix) ? e.getValue().shape().size() : 0;
    }
    long least = (long) config.hidden() * config.hidden();
    if (numbers < least) {
      throw new IllegalArgumentException(
          "[languageModel] \""
              + prefix
              + "*\" expected at least hidden x hidden = "
              + least
              + " weights, got "
              + numbers);
    }
  }
}
