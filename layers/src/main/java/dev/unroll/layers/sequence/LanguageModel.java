package dev.unroll.layers.sequence;

import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.recurrent.spi.CellProvider;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Predicts the next token at every step: Embedding, then cells one above the other, then Linear
 * (Mikolov et al. 2010, "Recurrent neural network based language model"). The shape is
 * many-to-many, aligned.
 *
 * @param embedding {@code [V, E]}
 * @param unroll the cells
 * @param head from outputs {@code [..., H]} to logits {@code [..., V]}
 */
public record LanguageModel(Embedding embedding, Unroll<Stacked.Levels> unroll, Deterministic head)
    implements Decoder<Stacked.Levels> {

  /**
   * What a model is made of.
   *
   * @param cell the name of a cell: see {@link Cells}
   * @param vocabulary V, the number of tokens
   * @param embedding E, the size of a token's vector
   * @param hidden H, the size of each cell
   * @param layers how many cells are stacked
   */
  public record Config(String cell, int vocabulary, int embedding, int hidden, int layers) {

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public Config {
      if (Math.min(Math.min(vocabulary, embedding), Math.min(hidden, layers)) < 1) {
        throw new IllegalArgumentException(
            "[languageModel] all sizes must be at least 1: vocabulary "
                + vocabulary
                + ", embedding "
                + embedding
                + ", hidden "
                + hidden
                + ", layers "
                + layers);
      }
    }

    /** Returns the names and values as text: what a weights file takes along. */
    public Map<String, String> toMap() {
      Map<String, String> map = new LinkedHashMap<>();
      map.put("cell", cell);
      map.put("vocabulary", String.valueOf(vocabulary));
      map.put("embedding", String.valueOf(embedding));
      map.put("hidden", String.valueOf(hidden));
      map.put("layers", String.valueOf(layers));
      return map;
    }

    /**
     * Returns what {@link #toMap} was made of.
     *
     * @throws IllegalArgumentException if a name is missing or a size is none
     */
    public static Config of(Map<String, String> map) {
      return new Config(
          text(map, "cell"),
          size(map, "vocabulary"),
          size(map, "embedding"),
          size(map, "hidden"),
          size(map, "layers"));
    }

    private static int size(Map<String, String> map, String name) {
      String value = text(map, name);
      try {
        return Integer.parseInt(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "[languageModel] \"" + name + "\" must be a size, not \"" + value + "\"", e);
      }
    }

    private static String text(Map<String, String> map, String name) {
      String value = map.get(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "[languageModel] \"" + name + "\" is missing; given " + map.keySet());
      }
      return value;
    }
  }

  /**
   * Returns a fresh model.
   *
   * @throws IllegalArgumentException if there is no cell of the name
   */
  public static LanguageModel of(Config config, Init init) {
    CellProvider cell = Cells.named(config.cell);
    List<Cell<?>> cells = new ArrayList<>();
    for (int i = 0; i < config.layers; i++) {
      int inputSize = i == 0 ? config.embedding : config.hidden;
      cells.add(cell.create(inputSize, config.hidden, init.at("cell" + i)));
    }
    return new LanguageModel(
        Embedding.of(config.vocabulary, config.embedding, init.at("embedding")),
        Unroll.of(new Stacked(cells)),
        Linear.of(config.hidden, config.vocabulary, init.at("head")));
  }

  /**
   * Returns the model that was saved. Sizes are compared with the weights before anything is built,
   * so that a file costs no more than it holds.
   *
   * @param metadata with what {@link Config#toMap} returned
   * @param weights what {@link #save} returned
   * @throws IllegalArgumentException if they do not belong together
   */
  public static LanguageModel load(Map<String, String> metadata, Map<String, Tensor> weights) {
    Config config = Config.of(metadata);
    SavedSizes.check(config, weights);
    LanguageModel model = of(config, Init.seed(0));
    model.load(weights).orThrow();
    return model;
  }

  /** Returns the state before the first token of so many texts. */
  public Stacked.Levels initialState(int batch) {
    return unroll.cell().initialState(batch, embedding.weight().type());
  }

  /** Opens a session on so many texts: see {@link Decoder#open}. */
  public Session open(int batch) {
    return snapshot().call(() -> open(initialState(batch)));
  }
}
