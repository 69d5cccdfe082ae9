/**
 * Loops over time: the same step at every time, and a state that is carried from one to the next.
 *
 * <p>Recurrent cells and layers are in module {@code layers}; the planner is in {@code
 * autograd.plan}.
 *
 * <p>Begin with {@link dev.unroll.autograd.scan.Scan}, then {@link
 * dev.unroll.autograd.scan.Session}.
 */
package dev.unroll.autograd.scan;
