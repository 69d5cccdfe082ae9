/**
 * Models that read one text and write another: translations and answers.
 *
 * <p>Decoding lies in {@code layers.sequence.decoding}.
 *
 * <p>Begin with {@code Rewriter}.
 */
package dev.unroll.examples.translate;
