/**
 * The planner: turns one step of a loop into a program that runs all steps.
 *
 * <p>It knows nothing of scans and sessions, which lie above it in {@code autograd.scan}, and
 * nothing of cells.
 *
 * <p>Begin with {@link dev.unroll.autograd.plan.Plan}, which lists its passes in order.
 */
package dev.unroll.autograd.plan;
