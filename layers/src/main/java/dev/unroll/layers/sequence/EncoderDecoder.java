package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.sequence.decoding.Decoder;
import java.util.Objects;

/**
 * Many-to-one, then one-to-many: the decoder receives the source as a single vector (Cho et al.
 * 2014, arXiv:1406.1078; Sutskever, Vinyals &amp; Le 2014, arXiv:1409.3215).
 *
 * {@snippet class="snippets.SequenceTest" region="EncoderDecoder"}
 *
 * @param encoder maps the source to a vector
 * @param writer generates a sequence from it
 */
public record EncoderDecoder<S extends State<S>>(ManyToOne encoder, OneToMany<S> writer)
    implements SequenceToSequence<S> {

  /** Checks for null. */
  public EncoderDecoder {
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(writer, "writer");
  }

  @Override
  public Decoder<S> decoder() {
    return writer.decoder();
  }

  @Override
  public S encode(Variable source, int[] lengths, Mode mode) {
    return writer.start(encoder.apply(source, lengths, mode));
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("encoder", encoder).layer("writer", writer);
  }
}
