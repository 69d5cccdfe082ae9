package dev.unroll.data;

import dev.unroll.tensor.Tensor;

/**
 * What one step of training reads.
 *
 * @param inputs {@code [B, T, ...]}, a row for each sequence
 * @param targets what is to be predicted: {@code [B, T, ...]}, one at each step, or {@code [B,
 *     ...]}, one for each sequence
 * @param continues whether each row goes on where that of the batch before ended, so that the state
 *     of the network is carried over
 */
public record Batch(Tensor inputs, Tensor targets, boolean continues) {}
