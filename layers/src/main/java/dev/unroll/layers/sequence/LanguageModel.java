package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Block;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.TiedLinear;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Predicts the next token at every step: an embedding, stacked cells, and a linear layer (Mikolov
 * et al. 2010, "Recurrent neural network based language model"). The shape is many-to-many,
 * aligned.
 *
 * {@snippet class="snippets.SequenceTest" region="LanguageModel"}
 *
 * @param embedding maps ids {@code [...]} to vectors {@code [..., E]}
 * @param unroll the cells
 * @param head maps outputs {@code [..., H]} to logits {@code [..., V]}
 */
public record LanguageModel(Block embedding, Unroll<Stacked.Levels> unroll, Block head)
    implements Decoder<Stacked.Levels> {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if the cells do not read vectors of the embedding
   */
  public LanguageModel {
    Objects.requireNonNull(embedding, "embedding");
    Objects.requireNonNull(unroll, "unroll");
    Objects.requireNonNull(head, "head");
    if (embedding instanceof Embedding e && e.weight().shape().dim(1) != unroll.inputSize()) {
      throw new IllegalArgumentException(
          "[languageModel] expected cells that read the embedding's vectors of size "
              + e.weight().shape().dim(1)
              + ", got cells that read "
              + unroll.inputSize());
    }
  }

  /**
   * The configuration of a model.
   *
   * @param cell the name of a cell: see {@link Cells}
   * @param vocabulary V, the number of tokens
   * @param embedding E, the size of an embedding vector
   * @param hidden H, the size of each cell
   * @param layers the number of stacked cells
   */
  public record Config(String cell, int vocabulary, int embedding, int hidden, int layers) {

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public Config {
      Objects.requireNonNull(cell, "cell");
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

    /** Returns the names and values as strings, for the metadata of a weights file. */
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
     * Parses the result of {@link #toMap}.
     *
     * @throws IllegalArgumentException if a name is missing or a size is invalid
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
   * Returns a new model.
   *
   * @throws IllegalArgumentException if the name of the cell is unknown
   */
  public static LanguageModel of(Config config, Init init) {
    return new LanguageModel(
        embedding(config, init),
        cells(config, config.hidden, init),
        Linear.of(config.hidden, config.vocabulary, init.at("head")));
  }

  /**
   * Returns a new model whose head shares the weight of the embedding (Press &amp; Wolf 2017,
   * arXiv:1608.05859). The highest cell has the size of the embedding, the others that of the
   * configuration, as in Merity, Keskar &amp; Socher 2018, arXiv:1708.02182.
   *
   * @throws IllegalArgumentException if the name of the cell is unknown
   */
  public static LanguageModel tied(Config config, Init init) {
    Embedding embedding = embedding(config, init);
    return new LanguageModel(
        embedding,
        cells(config, config.embedding, init),
        TiedLinear.of(embedding, init.at("head")));
  }

  private static Embedding embedding(Config config, Init init) {
    return Embedding.of(config.vocabulary, config.embedding, init.at("embedding"));
  }

  private static Unroll<Stacked.Levels> cells(Config config, int outputSize, Init init) {
    List<Cell<?>> cells = new ArrayList<>();
    for (int i = 0; i < config.layers; i++) {
      int inputSize = i == 0 ? config.embedding : config.hidden;
      int size = i == config.layers - 1 ? outputSize : config.hidden;
      cells.add(Cells.named(config.cell, inputSize, size, init.at("cell" + i)));
    }
    return Unroll.of(new Stacked(cells));
  }

  /**
   * Returns this model with a regularization. Both share all parameters: train the one, and save
   * and use either. Parts that are wrapped have other paths in {@link #parameters}; how the cells
   * run ({@link Unroll#checkpointed}, {@link Unroll#eager}) is not retained.
   *
   * @throws IllegalArgumentException if the embedding of this model is regularized already
   */
  public LanguageModel with(Regularization regularization) {
    Objects.requireNonNull(regularization, "regularization");
    if (!(embedding instanceof Embedding plain)) {
      throw new IllegalArgumentException(
          "[languageModel] expected a model with an Embedding, got "
              + embedding.getClass().getSimpleName());
    }
    Cell<Stacked.Levels> cells =
        unroll.cell() instanceof Stacked stack
            ? each(stack, regularization)
            : regularization.cell(0, unroll.cell());
    return new LanguageModel(
        regularization.embedding(plain),
        unroll.isBackward() ? Unroll.backward(cells) : Unroll.of(cells),
        regularization.head(head));
  }

  private static Stacked each(Stacked stack, Regularization regularization) {
    List<Cell<?>> cells = new ArrayList<>();
    for (Cell<?> cell : stack.cells()) {
      cells.add(regularization.cell(cells.size(), cell));
    }
    return new Stacked(cells);
  }

  /**
   * Loads a saved model. Sizes are compared with the weights before anything is allocated, so that
   * a file cannot demand more memory than it has content.
   *
   * @param metadata includes the result of {@link Config#toMap}
   * @param weights the result of {@link #save}
   * @throws IllegalArgumentException if they do not match
   */
  public static LanguageModel load(Map<String, String> metadata, Map<String, Tensor> weights) {
    Config config = Config.of(metadata);
    SavedSizes.check(config, weights);
    LanguageModel model = of(config, Init.seed(0));
    model.load(weights).orThrow();
    return model;
  }

  /** Returns the state before the first token of a batch of texts. */
  public Stacked.Levels initialState(int batch) {
    return unroll.cell().initialState(batch, type());
  }

  /** Opens a session on a batch of texts: see {@link Decoder#open}. */
  public Session open(int batch) {
    return snapshot().call(() -> open(initialState(batch)));
  }

  /** Returns the type of the weights. */
  DType type() {
    return parameters().values().stream().findFirst().map(Variable::type).orElse(DType.FLOAT32);
  }
}
