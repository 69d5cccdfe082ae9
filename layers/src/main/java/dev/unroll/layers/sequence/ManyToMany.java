package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Block;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Lengths;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.SequenceBlock;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.Objects;

/**
 * Maps a sequence to one output per step, such as a tag for each word. For outputs of another
 * length see {@link EncoderDecoder} and {@link AttentionModel}.
 *
 * {@snippet class="snippets.SequenceTest" region="ManyToMany"}
 *
 * @param front maps the input to vectors {@code [B, T, I]}: an embedding, a convolution of frames
 * @param recurrent the recurrent layer
 * @param head maps each output of the recurrent layer to a result
 */
public record ManyToMany(Block front, Recurrent<?> recurrent, Block head) implements Layer {

  /** Checks for null. */
  public ManyToMany {
    Objects.requireNonNull(front, "front");
    Objects.requireNonNull(recurrent, "recurrent");
    Objects.requireNonNull(head, "head");
  }

  /**
   * Applies the model.
   *
   * @param x {@code [B, T, ...]}; padding may have any value
   * @param lengths the number of valid steps of each, 0 to T, in any order
   * @return {@code [B, T, ...]}; 0 after the end of a sequence
   */
  public Variable apply(Variable x, int[] lengths, Mode mode) {
    SequenceBlock before = SequenceBlock.of(front);
    Variable vectors = before.apply(x, lengths, mode.at("front"));
    int[] valid = before.lengths(lengths);
    Variable read = recurrent.apply(vectors, valid, mode.at("recurrent")).outputs();
    SequenceBlock after = SequenceBlock.of(head);
    Variable answers = after.apply(read, valid, mode.at("head"));
    return Lengths.filled("manyToMany", answers, 0, after.lengths(valid));
  }

  /**
   * Opens a session: the model reads a step at a time, and outputs after each what {@link #apply}
   * returns for it. It runs in evaluation mode, with one snapshot of the parameters.
   *
   * @param input the shape of the input of one step, {@code [B, ...]}: {@code [B]} for ids, {@code
   *     [B, I]} for vectors
   * @param type of the input
   * @throws IllegalArgumentException if the model does not read forward in time step by step, as a
   *     {@link dev.unroll.layers.recurrent.Bidirectional} layer or a convolution over time, or a
   *     part cannot be planned; the message has the reason
   */
  public Session open(Shape input, DType type) {
    return StepSession.open(this, input, type);
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("front", front).layer("recurrent", recurrent).layer("head", head);
  }
}
