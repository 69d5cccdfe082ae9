package dev.unroll.training;

/**
 * One step of training: an update of the weights.
 *
 * @param number of the update, from 1
 * @param loss the mean over the predictions, weighted by {@link Outcome#weight}, before the update
 * @param norm the global norm of the gradients, before clipping
 * @param predictions the number of targets that were predicted
 * @param rateFactor the factor of the schedule, by which learning rates are multiplied
 */
public record TrainingStep(
    long number, double loss, double norm, long predictions, double rateFactor) {}
