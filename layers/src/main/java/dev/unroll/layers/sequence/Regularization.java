package dev.unroll.layers.sequence;

import dev.unroll.layers.Block;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;

/**
 * The places of a language model where training drops values: see {@link LanguageModel#with}. Each
 * method wraps a part, which retains its parameters.
 *
 * {@snippet class="snippets.SequenceTest" region="Regularization"}
 */
public interface Regularization {

  /** Returns the embedding with its regularization. */
  Block embedding(Embedding embedding);

  /**
   * Returns a cell with its regularization.
   *
   * @param level 0 for the lowest cell, which reads the embedding
   */
  <S extends State<S>> Cell<S> cell(int level, Cell<S> cell);

  /** Returns the layer before the softmax with its regularization. */
  Block head(Block head);

  /**
   * Returns dropout of the inputs of each cell and of the head, sampled independently at each step;
   * recurrent connections are not affected.
   *
   * <p>Zaremba, Sutskever &amp; Vinyals 2014, "Recurrent neural network regularization",
   * arXiv:1409.2329: 0.5 for their medium model, 0.65 for the large one.
   *
   * @param rate at least 0 and below 1
   */
  static Regularization zaremba(double rate) {
    return new ZarembaDropout(rate);
  }

  /**
   * Returns dropout of words, and of the inputs of each cell and of the head with one mask per
   * sequence.
   *
   * <p>Merity, Keskar &amp; Socher 2018, "Regularizing and optimizing LSTM language models",
   * arXiv:1708.02182, sections 4.2 and 4.3, whose rates are 0.1, 0.4, 0.25 and 0.4; without their
   * DropConnect of recurrent weights. They also tie weights: {@link LanguageModel#tied}.
   *
   * @param words the rate at which words are dropped from the embedding
   * @param input that of the inputs of the lowest cell
   * @param between that of the inputs of the other cells
   * @param output that of the inputs of the head
   */
  static Regularization locked(double words, double input, double between, double output) {
    return new LockedRegularization(words, input, between, output);
  }
}
