/**
 * Tables and batches of examples: their order, padding, windows over series, scaling and splits.
 *
 * <p>Reading texts and tables of texts lies in module {@code text}; the training loop lies in
 * module {@code training}.
 *
 * <p>Begin with {@link dev.unroll.data.Table}, {@link dev.unroll.data.BatchSource} and {@link
 * dev.unroll.data.ExampleBatches}.
 */
package dev.unroll.data;
