package dev.unroll.autograd.plan;

import java.util.Set;

/**
 * The conditions that a plan depends on, in addition to the graph of its step.
 *
 * @param steps of a run, or {@link Integer#MAX_VALUE} of a session: what a table that is computed
 *     once is worth
 * @param gradients the variables of the state whose values before the first step have a gradient
 */
public record Setting(int steps, Set<Integer> gradients) {}
