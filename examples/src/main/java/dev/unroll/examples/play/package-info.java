/**
 * A game that needs memory, learned by policy gradients.
 *
 * <p>Supervised tasks that need memory lie in {@code examples.study}.
 *
 * <p>Begin with {@code PlayCommand}.
 */
package dev.unroll.examples.play;
