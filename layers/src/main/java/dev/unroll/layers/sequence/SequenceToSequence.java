package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.sequence.decoding.Decoder;

/**
 * Reads a sequence and writes another, of any length: a translation, an answer. {@link
 * EncoderDecoder} hands one vector over, {@link AttentionModel} all that was read.
 *
 * @param <S> the state of the decoder
 */
public interface SequenceToSequence<S extends State<S>> extends Layer {

  /** Returns what writes. */
  Decoder<S> decoder();

  /**
   * Reads sequences, and returns the state in which the decoder begins.
   *
   * @param source {@code [B, S, ...]}; after the end of a sequence it may hold anything
   * @param lengths the number of valid steps of each, 0 to S, in any order
   */
  S encode(Variable source, int[] lengths, Mode mode);

  /**
   * Predicts, at each token of the answer, the one that follows.
   *
   * @param tokens int32 {@code [B, T]}: see {@link Decoder#teacherForced}
   * @return logits {@code [B, T, V]}
   */
  default Variable apply(Variable source, int[] lengths, Variable tokens, Mode mode) {
    S start = encode(source, lengths, mode.at("encoder"));
    return decoder().apply(tokens, start, mode.at("decoder")).logits();
  }
}
