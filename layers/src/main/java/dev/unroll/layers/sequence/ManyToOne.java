package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Block;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.SequenceBlock;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.Objects;

/**
 * Maps a sequence to one output: the class of a text, a future value, the event in a film.
 *
 * {@snippet class="snippets.SequenceTest" region="ManyToOne"}
 *
 * @param front maps the input to vectors {@code [B, T, I]}: an embedding, a convolution of frames
 * @param recurrent the recurrent layer
 * @param pooling combines the outputs of the recurrent layer into one vector
 * @param head maps that vector to the result
 */
public record ManyToOne(Block front, Recurrent<?> recurrent, Pooling pooling, Block head)
    implements Layer {

  /** Checks for null. */
  public ManyToOne {
    Objects.requireNonNull(front, "front");
    Objects.requireNonNull(recurrent, "recurrent");
    Objects.requireNonNull(pooling, "pooling");
    Objects.requireNonNull(head, "head");
  }

  /**
   * Applies the model.
   *
   * @param x {@code [B, T, ...]}; padding may have any value
   * @param lengths the number of valid steps of each, 0 to T, in any order
   * @return {@code [B, ...]}
   */
  public Variable apply(Variable x, int[] lengths, Mode mode) {
    SequenceBlock before = SequenceBlock.of(front);
    Variable vectors = before.apply(x, lengths, mode.at("front"));
    int[] valid = before.lengths(lengths);
    Variable read = recurrent.apply(vectors, valid, mode.at("recurrent")).outputs();
    return head.apply(pooling.apply(read, valid), mode.at("head"));
  }

  /**
   * Opens a session: the model reads a step at a time, and outputs after each what {@link #apply}
   * returns for the steps so far. It runs in evaluation mode, with one snapshot of the parameters.
   *
   * @param input the shape of the input of one step, {@code [B, ...]}: {@code [B]} for ids, {@code
   *     [B, I]} for vectors
   * @param type of the input
   * @throws IllegalArgumentException if the model does not read forward in time step by step, as a
   *     {@link dev.unroll.layers.recurrent.Bidirectional} layer or a convolution over time, the
   *     pooling has no running form, or a part cannot be planned; the message has the reason
   */
  public Session open(Shape input, DType type) {
    return StepSession.open(this, input, type);
  }

  @Override
  public void describe(Parts parts) {
    parts
        .layer("front", front)
        .layer("recurrent", recurrent)
        .layer("pooling", pooling)
        .layer("head", head);
  }
}
