package dev.unroll.examples.translate;

import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.AttentionModel;
import dev.unroll.layers.sequence.Bridge;
import dev.unroll.layers.sequence.EncoderDecoder;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.OneToMany;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.layers.sequence.SequenceToSequence;
import dev.unroll.layers.sequence.attention.AdditiveAttention;
import dev.unroll.layers.sequence.attention.BahdanauCell;
import dev.unroll.layers.sequence.attention.GeneralAttention;
import dev.unroll.layers.sequence.attention.LuongCell;
import dev.unroll.layers.sequence.decoding.Decoder;

/** How a decoder accesses the source: by attention at each step, or through its initial state. */
public enum Looking {
  bahdanau,
  luong,
  none;

  /**
   * Returns a model with a bidirectional encoder of half the hidden size per direction, and a
   * decoder of the hidden size.
   *
   * @param hidden the hidden size, even
   */
  SequenceToSequence<?> model(int sources, int targets, int embedding, int hidden, Init init) {
    if (hidden % 2 != 0) {
      throw new IllegalArgumentException(
          "each direction of the encoder has half of the hidden size: expected an even number, not "
              + hidden);
    }
    Embedding source = Embedding.of(sources, embedding, init.at("source"));
    Embedding target = Embedding.of(targets, embedding, init.at("target"));
    Bidirectional<Hidden> encoder =
        Bidirectional.of(
            GruCell.of(embedding, hidden / 2, init.at("forward")),
            GruCell.of(embedding, hidden / 2, init.at("backward")));
    return switch (this) {
      case bahdanau ->
          AttentionModel.of(
              source,
              encoder,
              new BahdanauCell<>(
                  GruCell.of(embedding + hidden, hidden, init.at("cell")),
                  AdditiveAttention.of(hidden, hidden, hidden / 2, init.at("attention")),
                  hidden),
              target,
              Linear.of(2 * hidden, targets, init.at("head")),
              init);
      case luong ->
          AttentionModel.of(
              source,
              encoder,
              LuongCell.of(
                  GruCell.of(embedding + hidden, hidden, init.at("cell")),
                  GeneralAttention.of(hidden, hidden, init.at("attention")),
                  hidden,
                  init),
              target,
              Linear.of(hidden, targets, init.at("head")),
              init);
      case none -> {
        GruCell cell = GruCell.of(embedding, hidden, init.at("cell"));
        ManyToOne summary =
            new ManyToOne(
                source, encoder, Pooling.max(), Linear.of(hidden, hidden, init.at("summary")));
        Linear head = Linear.of(hidden, targets, init.at("head"));
        yield new EncoderDecoder<>(
            summary,
            new OneToMany<>(
                Bridge.of(hidden, cell, init.at("bridge")), Decoder.of(target, cell, head)));
      }
    };
  }
}
