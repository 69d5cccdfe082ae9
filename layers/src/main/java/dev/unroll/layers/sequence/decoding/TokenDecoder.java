package dev.unroll.layers.sequence.decoding;

import dev.unroll.layers.Block;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import java.util.Objects;

/** A decoder composed of given parts. */
record TokenDecoder<S extends State<S>>(Block embedding, Unroll<S> unroll, Block head)
    implements Decoder<S> {
  TokenDecoder {
    Objects.requireNonNull(embedding, "embedding");
    Objects.requireNonNull(head, "head");
    if (embedding instanceof Embedding e && e.weight().shape().dim(1) != unroll.inputSize()) {
      throw new IllegalArgumentException(
          "[decoder] expected a cell that reads the embedding's vectors of size "
              + e.weight().shape().dim(1)
              + ", got one that reads "
              + unroll.inputSize());
    }
    if (head instanceof Linear l && l.weight().shape().dim(0) != unroll.outputSize()) {
      throw new IllegalArgumentException(
          "[decoder] expected a head that reads the cell's outputs of size "
              + unroll.outputSize()
              + ", got one that reads "
              + l.weight().shape().dim(0));
    }
  }
}
