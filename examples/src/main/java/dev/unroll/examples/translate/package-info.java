/** Sequences from one notation into another: encoder, decoder and attention. */
package dev.unroll.examples.translate;
