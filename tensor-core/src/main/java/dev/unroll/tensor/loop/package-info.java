/**
 * Loops over time: built by {@link dev.unroll.tensor.loop.LoopBuilder}, which lays out every value,
 * and run by {@link dev.unroll.tensor.loop.LoopRun}. The operations of a step and their derivatives
 * are chosen by the planner in autograd, to which alone this package is exported. Begin with {@code
 * LoopBuilder}; then {@code Task} and the records that implement it.
 */
package dev.unroll.tensor.loop;
