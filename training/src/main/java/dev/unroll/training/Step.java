package dev.unroll.training;

/**
 * What one update of the weights found.
 *
 * @param number of the update, from 1
 * @param loss the mean over its predictions, before the update
 * @param norm of all gradients together, before clipping
 * @param predictions how many the loss is the mean of
 * @param rateFactor what learning rates were multiplied by
 */
public record Step(long number, double loss, double norm, long predictions, double rateFactor) {}
