/**
 * Loops over time: built by {@link dev.unroll.tensor.loop.LoopBuilder}, which decides where every
 * value lies, and run by {@link dev.unroll.tensor.loop.LoopRun}. What a step computes, and its
 * derivative, is the matter of the planner in autograd, to which alone this package is exported.
 * Begin with {@code LoopBuilder}; then {@code Task} and the records that implement it.
 */
package dev.unroll.tensor.loop;
