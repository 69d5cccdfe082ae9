package dev.unroll.training;

/**
 * What one update of the weights found.
 *
 * @param number of the update, from 1
 * @param loss the mean over its predictions by {@link Outcome#weight}, before the update
 * @param norm of all gradients together, before clipping
 * @param predictions the number of targets that were predicted
 * @param rateFactor what learning rates were multiplied by
 */
public record Step(long number, double loss, double norm, long predictions, double rateFactor) {}
