/**
 * The training loop: tasks, metrics, evaluation, checkpoints and exact resumption.
 *
 * <p>Optimizers lie in module {@code optim}, batches in module {@code data}, models in module
 * {@code layers}.
 *
 * <p>Begin with {@link dev.unroll.training.Trainer} and {@link dev.unroll.training.Task}.
 */
package dev.unroll.training;
