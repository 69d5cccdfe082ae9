/**
 * Experiments of papers: what recurrent networks remember, and for how long.
 *
 * <p>Gradients by time lie in {@code layers.recurrent.diagnostics}.
 *
 * <p>Begin with {@code MemoryCommand}.
 */
package dev.unroll.examples.study;
