package dev.unroll.training;

/**
 * One training step, an update of the weights.
 *
 * @param number the number of the update, from 1
 * @param loss the mean over the predictions, weighted by {@link Outcome#weight}, before the update
 * @param norm the global norm of the gradients of the loss that is minimized, before clipping
 * @param predictions the number of predicted targets
 * @param rateFactor the schedule's factor of the learning rates
 */
public record TrainingStep(
    long number, double loss, double norm, long predictions, double rateFactor) {}
