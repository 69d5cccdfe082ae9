package dev.unroll.layers.sequence.decoding;

import dev.unroll.layers.Deterministic;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;

/** A decoder composed of given parts. */
record TokenDecoder<S extends State<S>>(
    Deterministic embedding, Unroll<S> unroll, Deterministic head) implements Decoder<S> {}
