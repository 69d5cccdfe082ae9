/**
 * The program of the examples, and training of a character-level language model.
 *
 * <p>Each application lies in a package of its own.
 *
 * <p>Begin with {@code Main}, then {@code TrainCommand}.
 */
package dev.unroll.examples;
