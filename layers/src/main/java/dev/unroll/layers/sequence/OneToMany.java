package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.layers.sequence.decoding.Decoding;
import java.util.Objects;

/**
 * Generates a sequence from one vector: a caption of a picture, a name in the style of a language.
 * The vector is mapped to the initial state of a decoder.
 *
 * {@snippet class="snippets.SequenceTest" region="OneToMany"}
 *
 * @param bridge maps the vector to the state
 * @param decoder generates the sequence
 */
public record OneToMany<S extends State<S>>(Bridge<S> bridge, Decoder<S> decoder) implements Layer {

  /**
   * Checks that the bridge returns a state of the decoder.
   *
   * @throws IllegalArgumentException if the variables of its state have other sizes
   */
  public OneToMany {
    Objects.requireNonNull(bridge, "bridge");
    Objects.requireNonNull(decoder, "decoder");
    bridge.checkState(decoder.unroll().cell());
  }

  /**
   * Predicts the next token at each token.
   *
   * @param context {@code [B, C]}
   * @param tokens int32 {@code [B, T]}: see {@link Decoder#teacherForced}
   * @return logits {@code [B, T, V]}
   */
  public Variable apply(Variable context, Variable tokens, Mode mode) {
    return decoder.apply(tokens, start(context), mode).logits();
  }

  /** Returns the initial state, for {@link Decoding}. */
  public S start(Variable context) {
    return bridge.apply(context);
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("bridge", bridge).layer("decoder", decoder);
  }
}
