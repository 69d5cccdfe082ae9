package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Block;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.SequenceBlock;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.sequence.attention.Attending;
import dev.unroll.layers.sequence.attention.AttentionCell;
import dev.unroll.layers.sequence.decoding.Decoder;
import java.util.Objects;

/**
 * An encoder and a decoder with attention to all outputs of the encoder (Bahdanau, Cho &amp; Bengio
 * 2015; Luong, Pham &amp; Manning 2015).
 *
 * {@snippet class="snippets.SequenceTest" region="AttentionModel"}
 *
 * @param front maps the source to vectors {@code [B, S, I]}
 * @param encoder encodes them
 * @param bridge maps the mean of the encoder's outputs to the initial state of the decoder
 * @param cell the attention cell
 * @param decoder a decoder with that cell
 */
public record AttentionModel<S extends State<S>>(
    Block front,
    Recurrent<?> encoder,
    Bridge<S> bridge,
    AttentionCell<S> cell,
    Decoder<Attending<S>> decoder)
    implements SequenceToSequence<Attending<S>> {

  /**
   * Checks that the parts match.
   *
   * @throws IllegalArgumentException if the decoder has another cell, or the bridge does not read
   *     outputs of the encoder or returns the state of another cell
   */
  public AttentionModel {
    Objects.requireNonNull(front, "front");
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(bridge, "bridge");
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(decoder, "decoder");
    if (!decoder.unroll().cell().equals(cell)) {
      throw new IllegalArgumentException("[attention] expected a decoder with the given cell");
    }
    bridge.checkInputs(encoder.outputSize());
    bridge.checkState(cell.cell());
  }

  /**
   * Returns a model with a new bridge.
   *
   * @param embedding the embedding of target tokens
   * @param head maps the outputs of the cell to logits
   */
  public static <S extends State<S>> AttentionModel<S> of(
      Block front,
      Recurrent<?> encoder,
      AttentionCell<S> cell,
      Block embedding,
      Block head,
      Init init) {
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(cell, "cell");
    Bridge<S> bridge = Bridge.of(encoder.outputSize(), cell.cell(), init.at("bridge"));
    return new AttentionModel<>(front, encoder, bridge, cell, Decoder.of(embedding, cell, head));
  }

  @Override
  public Attending<S> encode(Variable source, int[] lengths, Mode mode) {
    SequenceBlock before = SequenceBlock.of(front);
    Variable vectors = before.apply(source, lengths, mode.at("front"));
    int[] valid = before.lengths(lengths);
    Variable memory = encoder.apply(vectors, valid, mode.at("encoder")).outputs();
    S inner = bridge.apply(Pooling.mean().apply(memory, valid));
    return cell.start(inner, memory, valid);
  }

  @Override
  public void describe(Parts parts) {
    parts
        .layer("front", front)
        .layer("encoder", encoder)
        .layer("bridge", bridge)
        .layer("decoder", decoder);
  }
}
