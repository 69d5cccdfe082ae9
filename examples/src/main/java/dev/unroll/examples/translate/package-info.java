/** Sequence-to-sequence tasks: encoder, decoder and attention. */
package dev.unroll.examples.translate;
