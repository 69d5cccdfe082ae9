package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * Predicts the next token at every step: Embedding, then cells one above the other, then Linear
 * (Mikolov et al. 2010, "Recurrent neural network based language model"). The shape is
 * many-to-many, aligned.
 *
 * @param embedding {@code [V, E]}
 * @param unroll the cells
 * @param head {@code [H, V]}
 */
public record LanguageModel(Embedding embedding, Unroll<Stacked.Levels> unroll, Linear head)
    implements Layer {

  /**
   * Returns a fresh model.
   *
   * @param cell the name of a cell: see {@link Cells}
   * @param vocabulary V, the number of tokens
   * @param embeddingSize E
   * @param hiddenSize H, of each cell
   * @param layers how many cells are stacked, at least 1
   */
  public static LanguageModel of(
      String cell, int vocabulary, int embeddingSize, int hiddenSize, int layers, Init init) {
    List<Cell<?>> cells = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      int inputSize = i == 0 ? embeddingSize : hiddenSize;
      cells.add(Cells.named(cell).create(inputSize, hiddenSize, init.at("cell" + i)));
    }
    Stacked stacked = new Stacked(cells);
    return new LanguageModel(
        Embedding.of(vocabulary, embeddingSize, init.at("embedding")),
        Unroll.of(stacked),
        Linear.of(stacked.outputSize(), vocabulary, init.at("head")));
  }

  /**
   * What comes out.
   *
   * @param logits of the next token at every step, {@code [B, T, V]}
   * @param state after the last step
   */
  public record Prediction(Variable logits, Stacked.Levels state) {}

  /** Returns the state before the first token of so many texts. */
  public Stacked.Levels initialState(int batch) {
    DType type = head.weight().type();
    return unroll.cell().initialState(batch, type);
  }

  /**
   * Reads tokens and predicts, at each, the one that follows.
   *
   * @param tokens int32 {@code [B, T]}
   * @param state after what was read before
   */
  public Prediction apply(Variable tokens, Stacked.Levels state, Mode mode) {
    Unroll.Result<Stacked.Levels> r = unroll.apply(embedding.apply(tokens), state, mode);
    return new Prediction(head.apply(r.outputs()), r.state());
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("embedding", embedding).layer("unroll", unroll).layer("head", head);
  }
}
