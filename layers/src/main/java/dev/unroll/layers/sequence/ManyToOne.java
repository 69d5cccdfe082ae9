package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Block;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.SequenceBlock;
import dev.unroll.layers.recurrent.Recurrent;

/**
 * Reads a sequence and answers once: a class of a text, a value to come, what happens in a film.
 *
 * @param front turns what comes in into vectors {@code [B, T, I]}: an embedding, a convolution of
 *     frames
 * @param reader reads them step by step
 * @param pooling makes one vector of its outputs
 * @param head turns that into the answer
 */
public record ManyToOne(Block front, Recurrent<?> reader, Pooling pooling, Block head)
    implements Layer {

  /**
   * Reads sequences.
   *
   * @param x {@code [B, T, ...]}; after the end of a sequence it may hold anything
   * @param lengths the number of valid steps of each, 0 to T, in any order
   * @return {@code [B, ...]}
   */
  public Variable apply(Variable x, int[] lengths, Mode mode) {
    SequenceBlock before = SequenceBlock.of(front);
    Variable vectors = before.apply(x, lengths, mode.at("front"));
    int[] valid = before.lengths(lengths);
    Variable read = reader.apply(vectors, valid, mode.at("reader")).outputs();
    return head.apply(pooling.apply(read, valid), mode.at("head"));
  }

  @Override
  public void describe(Parts parts) {
    parts
        .layer("front", front)
        .layer("reader", reader)
        .layer("pooling", pooling)
        .layer("head", head);
  }
}
