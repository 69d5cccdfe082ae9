package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.sequence.decoding.Decoder;

/**
 * Maps a sequence to another of any length: a translation, an answer. {@link EncoderDecoder} passes
 * on one vector, {@link AttentionModel} all outputs of the encoder.
 *
 * {@snippet class="snippets.SequenceTest" region="SequenceToSequence"}
 *
 * @param <S> the state of the decoder
 */
public interface SequenceToSequence<S extends State<S>> extends Layer {

  /** Returns the decoder. */
  Decoder<S> decoder();

  /**
   * Encodes sequences, and returns the initial state of the decoder.
   *
   * @param source {@code [B, S, ...]}; padding may have any value
   * @param lengths the number of valid steps of each, 0 to S, in any order
   */
  S encode(Variable source, int[] lengths, Mode mode);

  /**
   * Predicts the next token at each token of the target.
   *
   * @param tokens int32 {@code [B, T]}: see {@link Decoder#teacherForced}
   * @return logits {@code [B, T, V]}
   */
  default Variable apply(Variable source, int[] lengths, Variable tokens, Mode mode) {
    S start = encode(source, lengths, mode.at("encoder"));
    return decoder().apply(tokens, start, mode.at("decoder")).logits();
  }
}
